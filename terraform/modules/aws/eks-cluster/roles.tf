# Roles of the cluster, of its nodes, and of the add-ons that call AWS. A node's role can do only what makes it a node: what runs on it has a role of its own.

resource "aws_iam_role" "cluster" {
  name                 = "${var.context.name}-cluster"
  description          = "Lets EKS run the cluster ${var.context.name}"
  assume_role_policy   = data.aws_iam_policy_document.trust["eks.amazonaws.com"].json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_iam_role_policy" "cluster" {
  name   = "encrypt-secrets"
  role   = aws_iam_role.cluster.name
  policy = data.aws_iam_policy_document.secrets.json
}

data "aws_iam_policy_document" "secrets" {
  statement {
    sid       = "EncryptSecrets"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"]
    resources = [var.eks_cluster.keys.data]
  }
}

resource "aws_iam_role" "node" {
  name                 = "${var.context.name}-node"
  description          = "Lets instances join the cluster ${var.context.name}"
  assume_role_policy   = data.aws_iam_policy_document.node_trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/${each.key}"
}

resource "aws_iam_role" "addon" {
  for_each = local.identities

  name                 = "${var.context.name}-${each.key}"
  description          = "What the add-on ${each.key} of the cluster ${var.context.name} may do"
  assume_role_policy   = data.aws_iam_policy_document.trust["pods.eks.amazonaws.com"].json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy_attachment" "addon" {
  for_each = local.identities

  role       = aws_iam_role.addon[each.key].name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/${each.value.policy}"
}

# Volumes are encrypted with the key of the cluster's data. The driver hands it to a volume by a grant that only AWS can hold.
resource "aws_iam_role_policy" "volumes" {
  count = contains(keys(local.identities), "aws-ebs-csi-driver") ? 1 : 0

  name   = "encrypt-volumes"
  role   = aws_iam_role.addon["aws-ebs-csi-driver"].name
  policy = data.aws_iam_policy_document.volumes.json
}

data "aws_iam_policy_document" "volumes" {
  statement {
    sid       = "EncryptVolumes"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    resources = [var.eks_cluster.keys.data]
  }

  statement {
    sid       = "AttachVolumes"
    actions   = ["kms:CreateGrant"]
    resources = [var.eks_cluster.keys.data]

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }
}

# The services may act for this cluster only.
data "aws_iam_policy_document" "trust" {
  for_each = { "eks.amazonaws.com" = ["sts:AssumeRole"], "pods.eks.amazonaws.com" = ["sts:AssumeRole", "sts:TagSession"] }

  statement {
    sid     = "ThisCluster"
    actions = each.value

    principals {
      type        = "Service"
      identifiers = [each.key]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.cluster_arn]
    }
  }
}

data "aws_iam_policy_document" "node_trust" {
  statement {
    sid     = "Instances"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

locals {
  # Add-ons that call AWS, with the service account that they run as.
  identities = merge(
    { vpc-cni = { service_account = "aws-node", policy = "AmazonEKS_CNI_Policy" } },
    contains(keys(var.eks_cluster.addons), "aws-ebs-csi-driver") ? {
      aws-ebs-csi-driver = { service_account = "ebs-csi-controller-sa", policy = "service-role/AmazonEBSCSIDriverPolicy" }
    } : {},
  )
}
