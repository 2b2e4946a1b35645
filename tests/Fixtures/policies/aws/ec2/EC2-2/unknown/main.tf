resource "aws_launch_template" "this" {
  name = "ec2-2-unknown"

  network_interfaces {
    associate_public_ip_address = terraform_data.later.id == "on"
  }
}

resource "terraform_data" "later" {}
