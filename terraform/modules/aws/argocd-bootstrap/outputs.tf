output "argocd_bootstrap" {
  description = "What Argo CD began with, to be passed on whole: its namespace, the cluster's name in it and the secret that holds the facts, and the project of the root application. Users wait until it runs."
  value = {
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    cluster   = { name = var.context.name, secret = kubernetes_secret_v1.cluster.metadata[0].name }
    project   = "root"
  }

  depends_on = [helm_release.root]
}
