# What add-ons may do in AWS: for each file of addons/ a role, and the service account that gets it. A file is named after a folder of argocd/platform and
# says what it may do as IAM does.

locals {
  addons = {
    for file in local.is_eks ? fileset("${path.module}/addons", "*.yaml") : [] :
    trimsuffix(file, ".yaml") => yamldecode(templatefile("${path.module}/addons/${file}", {
      partition   = data.aws_partition.this.partition
      region      = local.env.region
      account     = local.env.account
      environment = local.env.name
      vpc         = data.aws_vpc.this[0].id
      zone        = data.aws_route53_zone.domain[0].zone_id
    }))
  }
}

resource "aws_iam_role" "addon" {
  for_each = local.addons

  name        = "${local.env.name}-addon-${each.key}"
  description = "Add-on ${each.key} of the Kubernetes cluster ${local.env.name}"

  permissions_boundary = local.boundary_arn

  # EKS Pod Identity says by these tags who asks.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PodsOfTheAddOn"
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { Service = "pods.eks.amazonaws.com" }

      Condition = {
        StringEquals = {
          "aws:RequestTag/eks-cluster-name"           = local.env.name
          "aws:RequestTag/kubernetes-namespace"       = each.value.namespace
          "aws:RequestTag/kubernetes-service-account" = each.value.serviceAccount
        }
      }
    }]
  })

  lifecycle {
    precondition {
      condition     = length("${local.env.name}-addon-${each.key}") <= 64
      error_message = "${local.env.name}-addon-${each.key} is longer than the 64 characters that a role's name may have; shorten the name of the environment or of the add-on."
    }
  }
}

resource "aws_iam_role_policy" "addon" {
  for_each = local.addons

  name   = "addon"
  role   = aws_iam_role.addon[each.key].name
  policy = jsonencode(each.value.permissions)
}

resource "aws_eks_pod_identity_association" "addon" {
  for_each = local.addons

  cluster_name    = data.aws_eks_cluster.this[0].name
  namespace       = each.value.namespace
  service_account = each.value.serviceAccount
  role_arn        = aws_iam_role.addon[each.key].arn
}
