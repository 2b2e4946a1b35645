# Who may do what in the cluster.

resource "aws_eks_access_entry" "this" {
  for_each = var.eks_cluster.access

  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = each.value.role
  kubernetes_groups = each.value.groups
  type              = "STANDARD"
  tags              = var.context.tags
}

resource "aws_eks_access_policy_association" "this" {
  for_each = { for name, entry in var.eks_cluster.access : name => entry if entry.may != null }

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.this[each.key].principal_arn
  policy_arn    = "arn:${data.aws_partition.this.partition}:eks::aws:cluster-access-policy/${local.access_policies[each.value.may]}"

  access_scope {
    type       = length(each.value.namespaces) > 0 ? "namespace" : "cluster"
    namespaces = length(each.value.namespaces) > 0 ? each.value.namespaces : null
  }
}

locals {
  access_policies = {
    administer-cluster = "AmazonEKSClusterAdminPolicy"
    administer         = "AmazonEKSAdminPolicy"
    edit               = "AmazonEKSEditPolicy"
    view               = "AmazonEKSViewPolicy"
    view-everything    = "AmazonEKSAdminViewPolicy"
  }
}
