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

# A load balancer writes its logs into it.
resource "aws_s3_bucket" "s3_6_load_balancer" {
  bucket = "s3-6-load-balancer"
}

resource "aws_lb" "s3_6" {
  name    = "s3-6"
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]

  connection_logs {
    enabled = true
    bucket  = aws_s3_bucket.s3_6_load_balancer.bucket
  }
}
