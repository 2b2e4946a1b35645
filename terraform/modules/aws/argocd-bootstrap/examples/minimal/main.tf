terraform {
  required_version = ">= 1.11.0"

  required_providers {
    helm       = { source = "hashicorp/helm", version = "3.1.1" }
    kubernetes = { source = "hashicorp/kubernetes", version = "2.38.0" }
  }
}

provider "helm" {
  kubernetes = { config_path = "~/.kube/config" }
}

provider "kubernetes" {
  config_path = "~/.kube/config"
}

module "argocd_bootstrap" {
  source = "../.."

  context = { name = "dev" }
  argocd_bootstrap = {
    charts = { argocd = "9.1.4", apps = "2.0.2" }
    images = {
      argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      redis  = "public.ecr.aws/docker/library/redis:8.2.2-alpine@sha256:0000000000000000000000000000000000000000000000000000000000000002"
    }
    root = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
  }
}

output "argocd_bootstrap" {
  value = module.argocd_bootstrap.argocd_bootstrap
}
