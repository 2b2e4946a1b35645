# Every field: charts from a registry of one's own, a branch that is followed, and facts of the environment.

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
    charts = { argocd = "9.1.4", apps = "2.0.2", repository = "oci://111122223333.dkr.ecr.eu-central-1.amazonaws.com/charts" }
    images = {
      argocd = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      redis  = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/redis:8.2.2-alpine@sha256:0000000000000000000000000000000000000000000000000000000000000002"
    }
    root   = { repository = "https://github.com/example/platform", revision = "main", path = "argocd/root" }
    labels = { environment = "dev", kind = "aws" }
    facts = {
      "causeway/account" = "111122223333"
      "causeway/region"  = "eu-central-1"
      "causeway/domain"  = "dev.example.com"
    }
    protected = false
  }
}

output "argocd_bootstrap" {
  value = module.argocd_bootstrap.argocd_bootstrap
}
