resource "aws_eks_cluster" "this" {
  name     = var.context.name
  version  = var.eks_cluster.version
  role_arn = aws_iam_role.cluster.arn

  # Add-ons are resources of their own, so that Terraform knows their versions.
  bootstrap_self_managed_addons = false
  enabled_cluster_log_types     = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  deletion_protection           = var.eks_cluster.protected
  tags                          = var.context.tags

  # Who may do what is said by access entries alone; creating the cluster gives nothing.
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  vpc_config {
    subnet_ids              = var.eks_cluster.subnets
    endpoint_private_access = true
    endpoint_public_access  = length(var.eks_cluster.public_from) > 0
    public_access_cidrs     = length(var.eks_cluster.public_from) > 0 ? var.eks_cluster.public_from : null
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = var.eks_cluster.keys.data
    }
  }

  # Without extended support, AWS updates a cluster whose version leaves standard support, and charges nothing for the old one.
  upgrade_policy {
    support_type = var.eks_cluster.extended_support ? "EXTENDED" : "STANDARD"
  }

  kubernetes_network_config {
    service_ipv4_cidr = var.eks_cluster.service_cidr
  }

  zonal_shift_config {
    enabled = var.eks_cluster.zonal_shift
  }

  # EKS would make the log group itself, without retention and key; and it needs its role until the end.
  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.cluster, aws_iam_role_policy_attachment.cluster]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/eks/${var.context.name}/cluster" # EKS writes to this name
  retention_in_days = var.eks_cluster.log_days
  kms_key_id        = var.eks_cluster.keys.logs
  tags              = var.context.tags
}

# Clients of the API inside the network, besides the nodes: the group that EKS made lets in only itself.
resource "aws_vpc_security_group_ingress_rule" "client" {
  for_each = var.eks_cluster.clients

  security_group_id            = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  description                  = "Kubernetes API from ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  cidr_ipv4                    = each.value.cidr
  referenced_security_group_id = each.value.security_group
  tags                         = merge(var.context.tags, { Name = "${var.context.name}-${each.key}" })
}

locals {
  # Known before the cluster is there, for what trusts the cluster alone.
  cluster_arn = "arn:${data.aws_partition.this.partition}:eks:${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}:cluster/${var.context.name}"
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}
