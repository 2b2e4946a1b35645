resource "aws_eks_cluster" "this" {
  name     = "eks-2-unknown"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = terraform_data.later.output
    }
  }

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_eks_cluster" "logs" {
  name     = "eks-2-unknown-logs"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  enabled_cluster_log_types = [terraform_data.later.output]

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

resource "terraform_data" "later" {
  input = timestamp()
}
