resource "aws_dynamodb_table" "deleted" {
  name         = "pln-1-fail-deleted"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_s3_bucket" "renamed" {
  bucket = "pln-1-fail-renamed"
}
