terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.40.0, < 7.0.0"
    }

    random = {
      source  = "hashicorp/random"
      version = ">= 3.7.0, < 4.0.0" # the first that makes passwords which are kept nowhere
    }

    time = {
      source  = "hashicorp/time"
      version = ">= 0.12.0, < 1.0.0"
    }
  }
}
