# Every field of a cluster.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "eks_cluster" {
  source = "../.."

  context = {
    name         = "example"
    tags         = { owner = "platform-team" }
    boundary_arn = "arn:aws:iam::aws:policy/PowerUserAccess" # whatever is attached to a role: nothing of IAM
  }
  eks_cluster = {
    version = "1.35"
    subnets = [for subnet in values(module.network.network.subnets.private) : subnet.id]
    keys    = { data = module.data_key.kms_key.arn, logs = module.logs_key.kms_key.arn }

    access = {
      platform = { role = "arn:aws:iam::111122223333:role/platform", may = "administer-cluster" }
      shop     = { role = "arn:aws:iam::111122223333:role/shop", may = "edit", namespaces = ["shop", "shop-jobs"] }
      support  = { role = "arn:aws:iam::111122223333:role/support", may = "view", groups = ["support"] }
      auditors = { role = "arn:aws:iam::111122223333:role/auditors", groups = ["auditors"] }
    }

    public_from = ["203.0.113.0/24"]
    clients = {
      office  = { cidr = "10.0.0.0/16" }
      runners = { security_group = aws_security_group.runners.id }
    }

    node_groups = {
      general = {
        instances = ["m7g.large", "m8g.large"]
        size      = { min = 2, max = 6 }
        image     = "BOTTLEROCKET_ARM_64"
      }
      batch = {
        instances           = ["m7i.xlarge", "m6i.xlarge"]
        size                = { min = 0, max = 10 }
        image               = "AL2023_x86_64_STANDARD"
        release             = "1.35.0-20261101"
        disk_gb             = 100
        spot                = true
        labels              = { "example.com/for" = "batch" }
        taints              = [{ key = "example.com/for", value = "batch", effect = "NO_SCHEDULE" }]
        subnets             = [module.network.network.subnets.private.a.id]
        unavailable_percent = 50
      }
    }

    addons = {
      vpc-cni            = { settings = jsonencode({ env = { ENABLE_PREFIX_DELEGATION = "true" } }) }
      coredns            = { version = "v1.12.4-eksbuild.1", settings = jsonencode({ replicaCount = 3 }) }
      aws-ebs-csi-driver = {}
      aws-efs-csi-driver = { identity = { service_account = "efs-csi-controller-sa", role = aws_iam_role.files.arn } }
    }

    log_days         = 731
    service_cidr     = "172.20.0.0/16"
    extended_support = true
    zonal_shift      = true
    protected        = false
  }
}

module "network" {
  source = "../../../network"

  context = { name = "example", boundary_arn = "arn:aws:iam::aws:policy/PowerUserAccess" } # whatever is attached to a role: nothing of IAM
  network = {
    cidr       = "10.20.0.0/16"
    zones      = { a = 0, b = 1, c = 2 }
    nat        = "per-zone"
    kubernetes = true
    flow_logs  = { days = 365, kms_key_arn = module.logs_key.kms_key.arn }
  }
}

resource "aws_security_group" "runners" {
  name        = "example-runners"
  description = "Runners of pipelines"
  vpc_id      = module.network.network.vpc.id
}

# An add-on whose role the module does not know.
resource "aws_iam_role" "files" {
  name               = "example-files"
  description        = "Lets the EFS driver make access points"
  assume_role_policy = data.aws_iam_policy_document.files_trust.json
}

resource "aws_iam_role_policy_attachment" "files" {
  role       = aws_iam_role.files.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"
}

data "aws_iam_policy_document" "files_trust" {
  statement {
    sid     = "PodsOfThisCluster"
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

data "aws_caller_identity" "this" {}

output "eks_cluster" {
  value = module.eks_cluster.eks_cluster
}
