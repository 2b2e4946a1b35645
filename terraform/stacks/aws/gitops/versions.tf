terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.66.0"
    }

    helm = {
      source  = "hashicorp/helm"
      version = "3.1.1"
    }

    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "2.38.0"
    }
  }

  # Bucket, key and region follow from the environment; ../README.md says how they are passed. The bucket encrypts with a key of its own: `encrypt = true` would
  # ask for S3's, which it refuses.
  backend "s3" {
    use_lockfile = true
  }
}
