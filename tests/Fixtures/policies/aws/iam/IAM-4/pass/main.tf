resource "aws_iam_role_policy_attachment" "aws" {
  role       = "a"
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_iam_role_policy_attachment" "own" {
  role       = "a"
  policy_arn = aws_iam_policy.own.arn
}

resource "aws_iam_policy" "own" {
  name   = "iam-4-pass"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::a/b" }] })
}

resource "aws_iam_role" "plain" {
  name = "iam-4-pass-plain"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
