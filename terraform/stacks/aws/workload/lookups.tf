# What is there already and is read by more than one file.

# Encrypts what the environment stores. Made by the stack foundation.
data "aws_kms_alias" "data" {
  name = "alias/${local.env.name}-data"
}

data "aws_partition" "this" {}
