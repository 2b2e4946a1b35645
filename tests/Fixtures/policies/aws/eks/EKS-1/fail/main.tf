resource "aws_eks_cluster" "silent" {
  name     = "eks-1-fail-silent"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_eks_cluster" "open" {
  name     = "eks-1-fail-open"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids              = ["subnet-00000000000000001", "subnet-00000000000000002"]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = ["203.0.113.0/24", "0.0.0.0/0"]
  }
}

resource "aws_eks_cluster" "default" {
  name     = "eks-1-fail-default"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids              = ["subnet-00000000000000001", "subnet-00000000000000002"]
    endpoint_private_access = true
  }
}

resource "aws_eks_cluster" "outside" {
  name     = "eks-1-fail-outside"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids              = ["subnet-00000000000000001", "subnet-00000000000000002"]
    endpoint_private_access = false
    endpoint_public_access  = true
    public_access_cidrs     = ["203.0.113.0/24"]
  }
}
