resource "aws_s3_bucket" "silent" {
  bucket = "s3-6-fail-silent"
}
