resource "aws_s3_bucket" "this" {
  bucket = "s3-6-pass"
}

resource "aws_s3_bucket_logging" "this" {
  bucket        = aws_s3_bucket.this.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "this/"
}

# It takes the logs of others, and has none of its own.
resource "aws_s3_bucket" "logs" {
  bucket = "s3-6-pass-logs"
}

resource "aws_s3_bucket" "elsewhere" {
  bucket = "s3-6-pass-elsewhere"
}

resource "aws_s3_bucket_logging" "elsewhere" {
  bucket        = aws_s3_bucket.elsewhere.id
  target_bucket = "logs-of-the-account"
  target_prefix = "elsewhere/"
}
