resource "aws_eks_cluster" "private" {
  name     = "eks-1-pass-private"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids              = ["subnet-00000000000000001", "subnet-00000000000000002"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}

resource "aws_eks_cluster" "office" {
  name     = "eks-1-pass-office"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids              = ["subnet-00000000000000001", "subnet-00000000000000002"]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = ["203.0.113.0/24"]
  }
}
