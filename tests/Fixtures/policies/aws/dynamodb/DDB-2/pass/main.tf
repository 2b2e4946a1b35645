resource "aws_dynamodb_table" "this" {
  name         = "ddb-2-pass"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = local.key.arn
  }
}

resource "aws_kms_key" "this" {}

locals {
  key = { arn = aws_kms_key.this.arn }
}
