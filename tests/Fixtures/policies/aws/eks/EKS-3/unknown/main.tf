resource "aws_eks_cluster" "this" {
  name     = "eks-3-unknown"
  version  = terraform_data.later.output
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }
}

resource "terraform_data" "later" {
  input = timestamp()
}
