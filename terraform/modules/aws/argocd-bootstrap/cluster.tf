# The bridge: what Terraform knows of the environment, on the secret by which Argo CD knows its cluster. Terraform ends here; what runs in the cluster is Argo CD's.

resource "kubernetes_secret_v1" "cluster" {
  metadata {
    name        = "${var.context.name}-cluster"
    namespace   = kubernetes_namespace_v1.this.metadata[0].name
    labels      = merge(var.argocd_bootstrap.labels, { "argocd.argoproj.io/secret-type" = "cluster" })
    annotations = var.argocd_bootstrap.facts
  }

  # Its own cluster, reached with Argo CD's own service account: nothing in here is secret.
  data = {
    name   = var.context.name
    server = local.server
    config = jsonencode({ tlsClientConfig = { insecure = false } })
  }
}

locals {
  server = "https://kubernetes.default.svc"
}
