resource "aws_kms_key" "this" {
  enable_key_rotation = terraform_data.later.id == "on"
}

resource "terraform_data" "later" {}
