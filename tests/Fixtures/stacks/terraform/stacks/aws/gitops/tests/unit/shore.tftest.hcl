# An environment whose runtime is ecs: nothing is looked up, and nothing made.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "shore"
}

run "without_kubernetes_there_is_no_argo_cd" {
  command = plan

  assert {
    condition     = length(module.argocd_bootstrap) == 0 && output.argocd == null
    error_message = "The environment's runtime is ecs, and the stack plans ${jsonencode(output.argocd)}."
  }
}
