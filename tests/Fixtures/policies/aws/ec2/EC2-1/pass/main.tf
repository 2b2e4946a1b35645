resource "aws_launch_template" "this" {
  name = "ec2-1-pass"

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}
