# The runtime `eks`: which service account of the cluster has which component's role. The chart gives each component's service account the component's name.

locals {
  # What AWS starts in the role's name runs in no pod.
  in_pods = toset([for name in local.with_role : name if local.trust[name] == "eks"])
}

resource "aws_eks_pod_identity_association" "component" {
  for_each = local.in_pods

  cluster_name    = data.aws_eks_cluster.this[0].name
  namespace       = var.workload
  service_account = "${var.workload}-${each.key}"
  role_arn        = aws_iam_role.component[each.key].arn
}

# Made by the stack cluster.
data "aws_eks_cluster" "this" {
  count = length(local.in_pods) > 0 ? 1 : 0

  name = local.env.name
}
