# Changed in place.
resource "aws_dynamodb_table" "kept" {
  name         = "pln-1-pass-kept"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { owner = "shop-team" }

  attribute {
    name = "id"
    type = "S"
  }
}

# Terraform lets go of it, and it stays.
removed {
  from = aws_s3_bucket.forgotten

  lifecycle {
    destroy = false
  }
}

resource "aws_kms_key" "new" {}
