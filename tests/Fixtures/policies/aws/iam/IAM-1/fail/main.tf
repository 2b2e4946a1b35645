resource "aws_iam_policy" "actions" {
  name = "iam-1-fail-actions"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = ["dynamodb:*"], Resource = "arn:aws:dynamodb:eu-central-1:111122223333:table/a" }
  })
}

resource "aws_iam_policy" "all_but" {
  name = "iam-1-fail-all-but"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = ["iam:DeleteRole"], Resource = "arn:aws:iam::111122223333:role/a" }]
  })
}

resource "aws_iam_policy" "resources" {
  name   = "iam-1-fail-resources"
  policy = data.aws_iam_policy_document.resources.json
}

# The second statement is not known yet in part; the first is what matters.
data "aws_iam_policy_document" "resources" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = ["*"]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.this.arn]
  }
}

resource "aws_kms_key" "this" {}

resource "aws_iam_policy" "any_bucket" {
  name = "iam-1-fail-any-bucket"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::*" }]
  })
}
