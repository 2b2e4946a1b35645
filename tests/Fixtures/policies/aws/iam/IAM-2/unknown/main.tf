resource "aws_iam_policy" "this" {
  name   = "iam-2-unknown"
  policy = terraform_data.later.id
}

resource "terraform_data" "later" {}
