resource "aws_iam_policy" "this" {
  name   = "iam-5-unknown"
  policy = terraform_data.later.id
}

resource "terraform_data" "later" {}
