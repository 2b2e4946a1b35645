resource "aws_eks_node_group" "this" {
  cluster_name    = "any"
  node_group_name = "eks-4-unknown"
  node_role_arn   = "arn:aws:iam::111122223333:role/made-elsewhere"
  subnet_ids      = ["subnet-00000000000000001"]

  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_eks_node_group" "attached" {
  cluster_name    = "any"
  node_group_name = "eks-4-unknown-attached"
  node_role_arn   = aws_iam_role.this.arn
  subnet_ids      = ["subnet-00000000000000001"]

  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_iam_role" "this" {
  name               = "eks-4-unknown"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = terraform_data.later.output
}

resource "terraform_data" "later" {
  input = timestamp()
}
