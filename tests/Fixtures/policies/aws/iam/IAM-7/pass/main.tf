resource "aws_iam_role" "this" {
  name = "iam-7-pass"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Condition = { StringEquals = { "sts:ExternalId" = "a-customer" } }
      },
    ]
  })
}

# Of a whole account, one role.
resource "aws_iam_role" "iam_7_named" {
  name = "iam-7-named"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::444455556666:role/deploy" } }
    }]
  })
}
