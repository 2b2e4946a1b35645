resource "aws_iam_policy" "escalation" {
  name = "iam-2-fail-escalation"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:Put*"], Resource = "arn:aws:iam::111122223333:role/a" }]
  })
}

resource "aws_iam_policy" "exfiltration" {
  name = "iam-2-fail-exfiltration"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ssm:GetParameter"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "trust" {
  name = "iam-2-fail-trust"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:UpdateAssumeRolePolicy"], Resource = "arn:aws:iam::111122223333:role/*" }]
  })
}

# The condition holds for every boundary but one.
resource "aws_iam_policy" "any_boundary" {
  name = "iam-2-fail-any-boundary"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PutRolePolicy"
      Resource  = "arn:aws:iam::111122223333:role/a"
      Condition = { StringNotEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" } }
    }]
  })
}
