resource "aws_s3_bucket" "open" {
  bucket = "s3-1-fail-open"
}

resource "aws_s3_bucket" "half" {
  bucket = "s3-1-fail-half"
}

resource "aws_s3_bucket_public_access_block" "half" {
  bucket                  = aws_s3_bucket.half.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}
