resource "aws_dynamodb_table" "this" {
  name         = "ddb-1-unknown"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = terraform_data.later.id == "on"
  }
}

resource "terraform_data" "later" {}
