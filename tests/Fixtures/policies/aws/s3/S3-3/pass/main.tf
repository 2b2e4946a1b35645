resource "aws_s3_bucket" "this" {
  bucket = "s3-3-pass"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this.arn
    }
  }
}

resource "aws_kms_key" "this" {}

# Access logs of another bucket come into it, and AWS writes them without a key of KMS only.
resource "aws_s3_bucket" "logs" {
  bucket = "s3-3-pass-logs"
}

resource "aws_s3_bucket_logging" "this" {
  bucket        = aws_s3_bucket.this.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "this/"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# A load balancer writes its logs into it.
resource "aws_s3_bucket" "s3_3_load_balancer" {
  bucket = "s3-3-load-balancer"
}

resource "aws_lb" "s3_3" {
  name    = "s3-3"
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]

  access_logs {
    enabled = true
    bucket  = aws_s3_bucket.s3_3_load_balancer.bucket
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "s3_3_load_balancer" {
  bucket = aws_s3_bucket.s3_3_load_balancer.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
