resource "aws_s3_bucket" "this" {
  bucket = "s3-6-unknown"
}

resource "aws_s3_bucket_logging" "this" {
  bucket        = aws_s3_bucket.this.id
  target_bucket = terraform_data.later.id
  target_prefix = "this/"
}

resource "terraform_data" "later" {}
