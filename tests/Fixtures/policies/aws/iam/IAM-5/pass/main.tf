# Each role that is made has the boundary.
resource "aws_iam_policy" "limited" {
  name = "iam-5-pass-limited"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"]
      Resource  = "arn:aws:iam::111122223333:role/shop-*"
      Condition = { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" } }
    }]
  })
}

# What is allowed for any role is denied for those without the boundary.
resource "aws_iam_role_policy" "denied" {
  role = "any"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:*", Resource = "*" },
      {
        Effect    = "Deny"
        Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"]
        Resource  = "*"
        Condition = { StringNotEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" } }
      },
      { Effect = "Deny", Action = "iam:DeleteRolePermissionsBoundary", Resource = "*" },
    ]
  })
}

resource "aws_iam_policy" "other" {
  name   = "iam-5-pass-other"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iam:GetRole", Resource = "*" }] })
}
