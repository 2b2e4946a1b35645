resource "aws_launch_template" "public" {
  name = "ec2-2-fail-public"

  network_interfaces {
    associate_public_ip_address = true
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = true
    }
  }
}

resource "aws_launch_template" "plain" {
  name = "ec2-2-fail-plain"

  network_interfaces {
    associate_public_ip_address = false
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = false
    }
  }
}

resource "aws_launch_template" "silent" {
  name = "ec2-2-fail-silent"
}
