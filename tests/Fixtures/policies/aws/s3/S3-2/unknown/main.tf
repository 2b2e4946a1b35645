resource "aws_s3_bucket" "this" {
  bucket = "s3-2-unknown"
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = terraform_data.later.id
}

resource "terraform_data" "later" {}
