resource "aws_s3_bucket" "this" {
  bucket = "s3-3-unknown"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = terraform_data.later.id
    }
  }
}

resource "terraform_data" "later" {}
