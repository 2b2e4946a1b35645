resource "aws_iam_policy" "this" {
  name   = "iam-1-unknown"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = terraform_data.later.id, Resource = "arn:aws:s3:::a" }] })
}

resource "terraform_data" "later" {}

# Its own statement says nothing wrong; what it includes is not known.
resource "aws_iam_policy" "including" {
  name   = "iam-1-unknown-including"
  policy = data.aws_iam_policy_document.including.json
}

data "aws_iam_policy_document" "including" {
  override_policy_documents = [terraform_data.later.id]

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.this.arn]
  }
}

# What a parameter holds may be a wildcard.
resource "aws_iam_policy" "parameter" {
  name   = "iam-1-unknown-parameter"
  policy = data.aws_iam_policy_document.parameter.json
}

data "aws_iam_policy_document" "parameter" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_ssm_parameter.this.value]
  }
}

resource "aws_ssm_parameter" "this" {
  name  = "iam-1-unknown"
  type  = "String"
  value = terraform_data.later.id
}

resource "aws_kms_key" "this" {}
