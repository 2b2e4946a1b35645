resource "aws_s3_bucket" "this" {
  bucket = "s3-5-unknown"
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "uploads"
    status = terraform_data.later.id == "on" ? "Enabled" : "Disabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "terraform_data" "later" {}
