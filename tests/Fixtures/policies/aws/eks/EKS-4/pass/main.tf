resource "aws_eks_node_group" "this" {
  cluster_name    = "any"
  node_group_name = "eks-4-pass"
  node_role_arn   = aws_iam_role.this.arn
  subnet_ids      = ["subnet-00000000000000001"]

  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_iam_role" "this" {
  name               = "eks-4-pass"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"])

  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}
