resource "aws_eks_node_group" "attached" {
  cluster_name    = "any"
  node_group_name = "eks-4-fail-attached"
  node_role_arn   = aws_iam_role.attached.arn
  subnet_ids      = ["subnet-00000000000000001"]

  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_iam_role" "attached" {
  name               = "eks-4-fail-attached"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "attached" {
  role       = aws_iam_role.attached.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

resource "aws_eks_node_group" "inline" {
  cluster_name    = "any"
  node_group_name = "eks-4-fail-inline"
  node_role_arn   = aws_iam_role.inline.arn
  subnet_ids      = ["subnet-00000000000000001"]

  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = 1
  }
}

resource "aws_iam_role" "inline" {
  name               = "eks-4-fail-inline"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "inline" {
  role   = aws_iam_role.inline.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" }] })
}
