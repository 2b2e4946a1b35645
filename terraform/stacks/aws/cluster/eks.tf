# The runtime `eks`: a cluster of Kubernetes. What runs in it comes from Argo CD.

module "eks_cluster" {
  source = "../../../modules/aws/eks-cluster"
  count  = local.env.cluster.runtime == "eks" ? 1 : 0

  context = { name = local.env.name, boundary_arn = local.boundary_arn }
  eks_cluster = {
    version = local.env.cluster.version
    subnets = [for subnet in values(local.network.subnets.private) : subnet.id]
    keys    = { for name, alias in data.aws_kms_alias.this : name => alias.target_key_arn }
    access = merge(
      { administrator = { role = aws_iam_role.administrator[0].arn, may = "administer-cluster" } },
      { for name, role in try(local.env.cluster.administrators, {}) : name => { role = role, may = "administer-cluster" } },
    )
    clients   = { for name, cidr in try(local.env.cluster.clients, {}) : name => { cidr = cidr } }
    protected = local.env.protected

    node_groups = {
      general = {
        instances = local.env.cluster.instances.types
        size      = { min = local.env.cluster.instances.min, max = local.env.cluster.instances.max }
        image     = "BOTTLEROCKET_${local.env.cluster.instances.architecture == "arm64" ? "ARM_64" : "x86_64"}"
      }
    }
  }
}

# Administers the cluster. Taken by the role that applies the environment, and by people who have administrator access in IAM Identity Center.
resource "aws_iam_role" "administrator" {
  count = local.env.cluster.runtime == "eks" ? 1 : 0

  name        = "${local.env.name}-cluster-administrator"
  description = "Administers the Kubernetes cluster of ${local.env.name}"

  permissions_boundary = local.boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Administrators"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "${local.iam}:root" }

      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = [
            "${local.iam}:role/${local.env.name}-apply-${local.env.name}",
            "${local.iam}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_*", # where Identity Center is in us-east-1
            "${local.iam}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_AdministratorAccess_*",
          ]
        }
      }
    }]
  })
}

locals {
  iam = "arn:${data.aws_partition.this.partition}:iam::${local.env.account}"
}

data "aws_partition" "this" {}

output "eks_cluster" {
  description = "The cluster, as module eks-cluster hands it on. Null: the environment has another runtime."
  value       = one(module.eks_cluster[*].eks_cluster)
}
