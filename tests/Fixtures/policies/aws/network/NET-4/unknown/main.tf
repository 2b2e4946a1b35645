resource "aws_vpc" "this" {
  cidr_block = "10.4.0.0/16"
}

resource "aws_default_security_group" "this" {
  vpc_id  = aws_vpc.this.id
  ingress = terraform_data.later.output
}

resource "terraform_data" "later" {
  input = []
}
