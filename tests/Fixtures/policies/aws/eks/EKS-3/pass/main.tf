resource "aws_eks_cluster" "this" {
  name     = "eks-3-pass"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "aws_eks_cluster" "newer" {
  name     = "eks-3-pass-newer"
  version  = "1.36"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}
