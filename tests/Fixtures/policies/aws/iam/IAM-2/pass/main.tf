resource "aws_iam_policy" "this" {
  name = "iam-2-pass"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf" },
      {
        Effect    = "Allow"
        Action    = "iam:PutRolePolicy"
        Resource  = "arn:aws:iam::111122223333:role/a"
        Condition = { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" } }
      },
    ]
  })
}
