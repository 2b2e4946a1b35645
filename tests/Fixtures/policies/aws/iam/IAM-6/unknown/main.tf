resource "aws_iam_role" "this" {
  name               = "iam-6-unknown"
  assume_role_policy = terraform_data.later.id
}

resource "terraform_data" "later" {}
