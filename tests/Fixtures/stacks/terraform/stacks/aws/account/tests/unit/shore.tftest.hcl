# An environment that names no repository.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "shore"
}

run "no_workflow_gets_a_role" {
  command = plan

  assert {
    condition     = length(module.github_oidc) == 0
    error_message = "The roles are ${jsonencode(output.github_oidc)}."
  }
}
