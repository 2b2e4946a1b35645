resource "aws_iam_role_policy_attachment" "this" {
  role       = "a"
  policy_arn = terraform_data.later.id
}

resource "terraform_data" "later" {}
