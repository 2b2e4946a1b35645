resource "aws_launch_template" "this" {
  name = "ec2-1-unknown"

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = terraform_data.later.id == "on" ? "required" : "optional"
    http_put_response_hop_limit = 1
  }
}

resource "terraform_data" "later" {}
