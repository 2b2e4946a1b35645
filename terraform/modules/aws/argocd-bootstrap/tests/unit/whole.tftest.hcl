# A plan against providers, not mocks: every argument is checked against the genuine schemas.

provider "helm" {
  kubernetes = { config_path = "~/.kube/config" }
}

provider "kubernetes" {
  config_path = "~/.kube/config"
}

run "a_plan_of_everything_succeeds" {
  command = plan

  variables {
    context = { name = "dev" }
    argocd_bootstrap = {
      charts    = { argocd = "9.1.4", apps = "2.0.2", repository = "oci://registry.example.com/charts" }
      images    = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root      = { repository = "https://github.com/example/platform", revision = "main", path = "argocd/root" }
      labels    = { environment = "dev" }
      facts     = { "causeway/vpc" = "vpc-0a1b2c3d4e5f60718" }
      protected = false
    }
  }

  assert {
    condition     = output.argocd_bootstrap.cluster == { name = "dev", secret = "dev-cluster" }
    error_message = "The output is ${jsonencode(output.argocd_bootstrap)}."
  }
}
