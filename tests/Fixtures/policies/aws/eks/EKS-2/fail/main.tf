resource "aws_eks_cluster" "silent" {
  name     = "eks-2-fail-silent"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_eks_cluster" "deaf" {
  name     = "eks-2-fail-deaf"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  enabled_cluster_log_types = ["api", "audit"]

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.this.arn
    }
  }

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_eks_cluster" "plain" {
  name     = "eks-2-fail-plain"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_kms_key" "this" {}
