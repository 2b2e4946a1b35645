resource "aws_launch_template" "said" {
  name = "ec2-4-fail-said"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = false
    }
  }
}

resource "aws_launch_template" "silent" {
  name = "ec2-4-fail-silent"
}
