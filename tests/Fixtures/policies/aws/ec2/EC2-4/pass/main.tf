resource "aws_launch_template" "this" {
  name = "ec2-4-pass"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = true
    }
  }
}
