resource "aws_launch_template" "said" {
  name = "ec2-2-fail-said"

  network_interfaces {
    associate_public_ip_address = true
  }
}

resource "aws_launch_template" "silent" {
  name = "ec2-2-fail-silent"
}
