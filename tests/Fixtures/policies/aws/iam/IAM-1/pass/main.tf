resource "aws_iam_policy" "known" {
  name = "iam-1-pass-known"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "dynamodb:GetItem", Resource = "arn:aws:dynamodb:eu-central-1:111122223333:table/a" },
      { Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
      { Effect = "Deny", Action = "*", Resource = "*" },
    ]
  })
}

# Resources that are made with it: which they are is not known yet, but each is one.
resource "aws_iam_policy" "made" {
  name   = "iam-1-pass-made"
  policy = data.aws_iam_policy_document.made.json
}

data "aws_iam_policy_document" "made" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.this.arn]
  }
}

resource "aws_kms_key" "this" {}
