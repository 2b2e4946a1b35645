resource "aws_s3_bucket" "disabled" {
  bucket = "s3-5-fail-disabled"
}

resource "aws_s3_bucket_lifecycle_configuration" "disabled" {
  bucket = aws_s3_bucket.disabled.id

  rule {
    id     = "uploads"
    status = "Disabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket" "silent" {
  bucket = "s3-5-fail-silent"
}
