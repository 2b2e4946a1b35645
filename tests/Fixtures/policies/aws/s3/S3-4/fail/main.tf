resource "aws_s3_bucket" "suspended" {
  bucket = "s3-4-fail-suspended"
}

resource "aws_s3_bucket_versioning" "suspended" {
  bucket = aws_s3_bucket.suspended.id

  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket_ownership_controls" "suspended" {
  bucket = aws_s3_bucket.suspended.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket" "listed" {
  bucket = "s3-4-fail-listed"
}

resource "aws_s3_bucket_versioning" "listed" {
  bucket = aws_s3_bucket.listed.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "listed" {
  bucket = aws_s3_bucket.listed.id

  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket" "silent" {
  bucket = "s3-4-fail-silent"
}
