resource "aws_launch_template" "this" {
  name = "ec2-2-pass"

  network_interfaces {
    associate_public_ip_address = false
  }
}
