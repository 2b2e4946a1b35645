# A plan against a provider, not a mock: every argument is checked against the genuine schema.

provider "aws" {
  region = "eu-central-1"
}

run "a_plan_of_everything_succeeds" {
  command = plan

  variables {
    context = { name = "dev-shop" }
    table = {
      name        = "entries"
      key         = { partition = "id", sort = "version" }
      indexes     = { by-customer = { partition = "customer", attributes = ["total"] } }
      types       = { version = "N" }
      ttl         = "expires"
      stream      = "NEW_IMAGE"
      billing     = { read = 10, write = 10 }
      kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
    }
  }

  assert {
    condition     = output.table.name == "dev-shop-entries"
    error_message = "The table is called ${output.table.name}."
  }
}
