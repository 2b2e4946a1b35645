resource "aws_eks_cluster" "old" {
  name     = "eks-3-fail-old"
  version  = "1.33"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_eks_cluster" "unlisted" {
  name     = "eks-3-fail-unlisted"
  version  = "1.99"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_eks_cluster" "none" {
  name     = "eks-3-fail-none"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}
