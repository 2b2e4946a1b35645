# No region anywhere.
provider "aws" {}

data "aws_caller_identity" "this" {}
