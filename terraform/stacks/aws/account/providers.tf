provider "aws" {
  region              = local.env.region
  allowed_account_ids = [local.env.account] # credentials of another account end here

  default_tags {
    tags = {
      "causeway/environment" = local.env.name
      "causeway/stack"       = "account"
    }
  }
}
