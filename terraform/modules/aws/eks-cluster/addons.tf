# Add-ons of EKS. Those that every node needs to become ready come before the nodes; all others run on nodes and come after them.

resource "aws_eks_addon" "per_node" {
  for_each = { for name, addon in local.addons : name => addon if contains(local.per_node, name) }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = each.value.version
  configuration_values        = each.value.settings
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  tags                        = var.context.tags

  dynamic "pod_identity_association" {
    for_each = each.value.identity[*]

    content {
      service_account = pod_identity_association.value.service_account
      role_arn        = pod_identity_association.value.role
    }
  }

  depends_on = [aws_iam_role_policy_attachment.addon]
}

resource "aws_eks_addon" "others" {
  for_each = { for name, addon in local.addons : name => addon if !contains(local.per_node, name) }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = each.value.version
  configuration_values        = each.value.settings
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  tags                        = var.context.tags

  dynamic "pod_identity_association" {
    for_each = each.value.identity[*]

    content {
      service_account = pod_identity_association.value.service_account
      role_arn        = pod_identity_association.value.role
    }
  }

  depends_on = [aws_eks_node_group.this, aws_iam_role_policy.volumes, aws_iam_role_policy_attachment.addon]
}

# The version that EKS takes for this version of Kubernetes where none is given, so that add-ons follow an update of the cluster.
data "aws_eks_addon_version" "default" {
  for_each = toset([for name in local.addon_names : name if try(var.eks_cluster.addons[name].version, null) == null])

  addon_name         = each.key
  kubernetes_version = var.eks_cluster.version
}

locals {
  per_node    = ["eks-pod-identity-agent", "kube-proxy", "vpc-cni"]
  addon_names = setunion(local.per_node, ["coredns"], keys(var.eks_cluster.addons))

  addons = {
    for name in local.addon_names : name => {
      version  = try(coalesce(var.eks_cluster.addons[name].version), data.aws_eks_addon_version.default[name].version)
      settings = name == "vpc-cni" ? jsonencode(merge(local.settings[name], { enableNetworkPolicy = "true" })) : try(var.eks_cluster.addons[name].settings, null)
      identity = contains(keys(local.identities), name) ? {
        service_account = local.identities[name].service_account
        role            = aws_iam_role.addon[name].arn
      } : try(var.eks_cluster.addons[name].identity, null)
    }
  }

  settings = { vpc-cni = try(jsondecode(var.eks_cluster.addons["vpc-cni"].settings), {}) }
}
