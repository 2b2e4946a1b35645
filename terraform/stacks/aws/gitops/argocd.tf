# Argo CD, and what it is told of the environment. All else in the cluster comes from the folder that the root application follows.

module "argocd_bootstrap" {
  source = "../../../modules/aws/argocd-bootstrap"
  count  = local.is_eks ? 1 : 0

  context = { name = local.env.name }
  argocd_bootstrap = {
    charts    = local.env.gitops.charts
    images    = local.env.gitops.images
    protected = local.env.protected

    root = {
      repository = local.env.gitops.repository
      revision   = local.env.gitops.revision
      path       = "argocd/bootstrap"
    }

    # Generators choose clusters by these.
    labels = {
      environment = local.env.name
      runtime     = local.env.cluster.runtime
      protected   = tostring(local.env.protected)
    }

    # Templates read these. One that none reads fails a test.
    facts = {
      "causeway/repository" = local.env.gitops.repository
      "causeway/revision"   = local.env.gitops.revision
      "causeway/region"     = local.env.region
      "causeway/vpc"        = data.aws_vpc.this[0].id
      "causeway/domain"     = local.env.edge.domain
      "causeway/zone"       = data.aws_route53_zone.domain[0].zone_id
    }
  }
}

output "argocd" {
  description = "Argo CD, as module argocd-bootstrap hands it on. Null: the environment has another runtime than eks."
  value       = one(module.argocd_bootstrap[*].argocd_bootstrap)
}
