resource "aws_launch_template" "this" {
  name = "ec2-4-unknown"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = terraform_data.later.id == "on"
    }
  }
}

resource "terraform_data" "later" {}
