resource "aws_eks_cluster" "this" {
  name     = "eks-1-unknown"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids              = ["subnet-00000000000000001", "subnet-00000000000000002"]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = [terraform_data.later.output]
  }
}

resource "aws_eks_cluster" "switched" {
  name     = "eks-1-unknown-switched"
  version  = "1.35"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids              = ["subnet-00000000000000001", "subnet-00000000000000002"]
    endpoint_private_access = true
    endpoint_public_access  = terraform_data.later.output == "yes"
  }
}

resource "terraform_data" "later" {
  input = timestamp()
}
