resource "aws_s3_bucket" "silent" {
  bucket = "s3-3-fail-silent"
}

resource "aws_s3_bucket" "managed" {
  bucket = "s3-3-fail-managed"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "managed" {
  bucket = aws_s3_bucket.managed.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# Its own logs do not excuse it.
resource "aws_s3_bucket_logging" "managed" {
  bucket        = aws_s3_bucket.managed.id
  target_bucket = aws_s3_bucket.managed.id
  target_prefix = "logs/"
}
