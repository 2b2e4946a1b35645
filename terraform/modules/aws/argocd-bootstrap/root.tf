# The root application, and who may deploy what. By a chart: `kubernetes_manifest` asks the cluster for the kinds while planning, and they are only made by the
# release before, so the first plan would fail.

resource "helm_release" "root" {
  name       = "argocd-root"
  namespace  = kubernetes_namespace_v1.this.metadata[0].name
  repository = var.argocd_bootstrap.charts.repository
  chart      = "argocd-apps"
  version    = var.argocd_bootstrap.charts.apps

  atomic      = true
  timeout     = 900 # of its end, too: until what it made is gone
  max_history = 5

  values = [yamlencode({
    projects     = { default = local.empty_project, root = local.root_project }
    applications = { root = local.root_application }
  })]

  # Argo CD makes the kinds; generators find the cluster with its facts on it from the beginning.
  depends_on = [helm_release.argocd, kubernetes_secret_v1.cluster]
}

locals {
  # Argo CD makes this project when it starts, with everything allowed, and wants it to be there. As a hook, Helm deletes it first and makes it again, empty; a
  # release that took it over would leave what is in it.
  empty_project = {
    namespace   = kubernetes_namespace_v1.this.metadata[0].name
    description = "Empty: every application names a project of its own"
    additionalAnnotations = {
      "helm.sh/hook"               = "post-install,post-upgrade"
      "helm.sh/hook-delete-policy" = "before-hook-creation"
    }
  }

  # Applications, sets of them and projects, in this namespace, from this repository. Nothing of the cluster's own.
  root_project = {
    namespace                  = kubernetes_namespace_v1.this.metadata[0].name
    description                = "The root application of ${var.context.name}"
    sourceRepos                = [var.argocd_bootstrap.root.repository]
    destinations               = [{ server = local.server, namespace = kubernetes_namespace_v1.this.metadata[0].name }]
    namespaceResourceWhitelist = [for kind in ["Application", "ApplicationSet", "AppProject"] : { group = "argoproj.io", kind = kind }]
  }

  # Its end takes along what it made, while Argo CD is still there to do it: nothing is left that would keep the namespace or the network. In a protected
  # environment its end leaves everything.
  root_application = {
    namespace  = kubernetes_namespace_v1.this.metadata[0].name
    project    = "root"
    finalizers = var.argocd_bootstrap.protected ? [] : ["resources-finalizer.argocd.argoproj.io"]
    source = {
      repoURL        = var.argocd_bootstrap.root.repository
      targetRevision = var.argocd_bootstrap.root.revision
      path           = var.argocd_bootstrap.root.path
    }
    destination = { server = local.server, namespace = kubernetes_namespace_v1.this.metadata[0].name }
    syncPolicy  = { automated = { prune = true, selfHeal = true } }
  }
}
