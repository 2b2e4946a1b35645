# Every field of a table: one on demand within bounds, one of provisioned capacity that fits the free tier.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "entries" {
  source = "../.."

  context = { name = "example", tags = { owner = "shop-team" } }
  table = {
    name = "entries"
    key  = { partition = "id", sort = "version" }
    indexes = {
      by-customer = { partition = "customer", sort = "placedAt" }
      by-state    = { partition = "state", sort = "version", attributes = [] }
      unfinished  = { partition = "shard", attributes = ["attempt", "owner"] }
    }
    types         = { version = "N" }
    ttl           = "expires"
    stream        = "NEW_AND_OLD_IMAGES"
    billing       = { read = 2000, write = 500 }
    recovery_days = 7
    protected     = false
    kms_key_arn   = aws_kms_key.data.arn
  }
}

module "free" {
  source = "../.."

  context = { name = "example" }
  table = {
    name    = "free"
    key     = { partition = "id" }
    billing = { mode = "provisioned", read = 5, write = 5 }
    indexes = { by-owner = { partition = "owner" } }
    # What costs nothing protects nothing: no restoring, no key of one's own.
    recovery_days = 0
    protected     = false
  }
}

resource "aws_kms_key" "data" {
  description             = "Encrypts the example's tables"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

output "entries" {
  value = module.entries.table
}

output "free" {
  value = module.free.table
}
