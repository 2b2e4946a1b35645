# Argo CD itself. It has no user, and its API opens nothing: a way to sign in is a platform's decision, made in the folder that `root` names.

resource "kubernetes_namespace_v1" "this" {
  metadata {
    name = "argocd"

    labels = {
      "pod-security.kubernetes.io/enforce" = "restricted"
      "pod-security.kubernetes.io/warn"    = "restricted"
    }
  }
}

resource "helm_release" "argocd" {
  name       = "argocd"
  namespace  = kubernetes_namespace_v1.this.metadata[0].name
  repository = var.argocd_bootstrap.charts.repository
  chart      = "argo-cd"
  version    = var.argocd_bootstrap.charts.argocd

  atomic      = true # half of an Argo CD is worse than none
  timeout     = 600
  max_history = 5

  values = [yamlencode({
    global = {
      image         = local.images.argocd
      networkPolicy = { create = true, defaultDenyIngress = true }
    }

    configs = {
      cm = {
        "admin.enabled"           = false
        "exec.enabled"            = false
        "users.anonymous.enabled" = false
      }

      # What has no rule of its own may do nothing. A default cannot be denied again later.
      rbac = { "policy.default" = "", "policy.csv" = "" }
    }

    # Single: it shares its work out by itself, and takes up where it stopped.
    controller = { replicas = 1, resources = local.resources.large }

    server         = merge(local.twice, { resources = local.resources.small })
    repoServer     = merge(local.twice, { resources = local.resources.large })
    applicationSet = merge(local.twice, { resources = local.resources.small })

    # A cache: what it loses is read again.
    redis = { image = local.images.redis, resources = local.resources.small }

    dex           = { enabled = false }
    notifications = { enabled = false }
  })]
}

locals {
  # The charts know repository and tag; a digest is taken as a part of the tag.
  images = {
    for name, image in var.argocd_bootstrap.images : name => regex("^(?P<repository>.+):(?P<tag>[^:/@]+@sha256:[0-9a-f]+)$", image)
  }

  twice = { replicas = 2, pdb = { enabled = true, maxUnavailable = 1 } }

  resources = {
    small = { requests = { cpu = "50m", memory = "128Mi" }, limits = { memory = "256Mi" } }
    large = { requests = { cpu = "250m", memory = "512Mi" }, limits = { memory = "1Gi" } }
  }
}
