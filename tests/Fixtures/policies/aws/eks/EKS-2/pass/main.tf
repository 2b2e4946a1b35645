resource "aws_eks_cluster" "this" {
  name     = "eks-2-pass"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

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

resource "aws_kms_key" "this" {}
