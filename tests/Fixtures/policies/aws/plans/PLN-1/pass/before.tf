resource "aws_dynamodb_table" "kept" {
  name         = "pln-1-pass-kept"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_s3_bucket" "forgotten" {
  bucket = "pln-1-pass-forgotten"
}

# It holds nothing.
resource "aws_sns_topic" "deleted" {
  name = "pln-1-pass-deleted"
}
