resource "aws_launch_template" "this" {
  name      = "ec2-3-unknown"
  user_data = base64encode(terraform_data.later.id)
}

resource "aws_instance" "this" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = terraform_data.later.id
}

resource "terraform_data" "later" {}
