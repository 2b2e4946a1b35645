resource "aws_launch_template" "named" {
  name      = "ec2-3-fail-named"
  user_data = base64encode("#!/bin/sh\nexport DB_PASSWORD='correct-horse'\n")
}

resource "aws_launch_template" "access_key" {
  name      = "ec2-3-fail-access-key"
  user_data = base64encode("#!/bin/sh\naws configure set a AKIA${"IOSFODNN7EXAMPLE"}\n")
}

resource "aws_launch_template" "private_key" {
  name      = "ec2-3-fail-private-key"
  user_data = base64encode("-----BEGIN RSA PRIVATE${" "}KEY-----\n")
}

resource "aws_instance" "plain" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "api_key: 0123456789"
}

resource "aws_instance" "encoded" {
  ami              = "ami-0123456789abcdef0"
  instance_type    = "t3.micro"
  user_data_base64 = base64encode("#cloud-config\ntoken: 0123456789")
}
