resource "aws_iam_role" "account" {
  name = "iam-7-fail-account"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "444455556666" } }]
  })
}

resource "aws_iam_role" "anyone" {
  name = "iam-7-fail-anyone"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = "*", Condition = { StringEquals = { "sts:ExternalId" = "a" } } }]
  })
}

# The condition holds where there is no external id.
resource "aws_iam_role" "optional" {
  name = "iam-7-fail-optional"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Condition = { StringEqualsIfExists = { "sts:ExternalId" = "a" } }
    }]
  })
}

resource "aws_iam_role" "everyone_but" {
  name = "iam-7-fail-everyone-but"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", NotPrincipal = { AWS = "arn:aws:iam::444455556666:root" } }]
  })
}
