terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.66.0"
    }
  }

  # Bucket, key and region follow from the environment; ../README.md says how they are passed.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
