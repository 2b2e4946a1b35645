# What the stacks foundation and cluster made, found by names that follow from the environment's.

locals {
  # Argo CD runs on Kubernetes: where the runtime is another, this stack makes nothing and looks nothing up.
  is_eks = local.env.cluster.runtime == "eks"

  cluster = {
    endpoint    = try(data.aws_eks_cluster.this[0].endpoint, null)
    certificate = try(base64decode(data.aws_eks_cluster.this[0].certificate_authority[0].data), null)

    login = {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "aws"
      args = [
        "eks", "get-token",
        "--cluster-name", local.env.name,
        "--region", local.env.region,
        "--role-arn", "arn:${data.aws_partition.this.partition}:iam::${local.env.account}:role/${local.env.name}-cluster-administrator",
      ]
    }
  }

  existing = try(local.env.network.existing, null)
}

data "aws_partition" "this" {}

data "aws_eks_cluster" "this" {
  count = local.is_eks ? 1 : 0

  name = local.env.name
}

data "aws_vpc" "this" {
  count = local.is_eks ? 1 : 0

  id   = try(local.existing.vpc, null)
  tags = local.existing == null ? { Name = local.env.name } : null
}

data "aws_route53_zone" "domain" {
  count = local.is_eks ? 1 : 0

  zone_id = try(local.env.edge.zone.existing, null)
  name    = can(local.env.edge.zone.existing) ? null : local.env.edge.domain
}
