resource "aws_iam_policy" "unlimited" {
  name   = "iam-5-fail-unlimited"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iam:CreateRole", Resource = "arn:aws:iam::111122223333:role/shop-*" }] })
}

# A key that is missing counts as the right one.
resource "aws_iam_policy" "if_exists" {
  name = "iam-5-fail-if-exists"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:CreateRole"
      Resource  = "arn:aws:iam::111122223333:role/shop-*"
      Condition = { StringEqualsIfExists = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" } }
    }]
  })
}

resource "aws_iam_policy" "removable" {
  name = "iam-5-fail-removable"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "iam:CreateRole"
        Resource  = "arn:aws:iam::111122223333:role/shop-*"
        Condition = { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" } }
      },
      { Effect = "Allow", Action = "iam:DeleteRolePermissionsBoundary", Resource = "arn:aws:iam::111122223333:role/shop-*" },
    ]
  })
}

# Denied for some roles only.
resource "aws_iam_policy" "half" {
  name = "iam-5-fail-half"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:CreateRole"], Resource = "*" },
      {
        Effect    = "Deny"
        Action    = "iam:CreateRole"
        Resource  = "arn:aws:iam::111122223333:role/shop-*"
        Condition = { StringNotEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" } }
      },
    ]
  })
}
