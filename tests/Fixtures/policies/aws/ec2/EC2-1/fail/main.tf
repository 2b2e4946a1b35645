resource "aws_launch_template" "tokens" {
  name = "ec2-1-fail-tokens"

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "optional"
    http_put_response_hop_limit = 1
  }
}

resource "aws_launch_template" "hops" {
  name = "ec2-1-fail-hops"

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }
}

resource "aws_launch_template" "silent" {
  name = "ec2-1-fail-silent"
}
