# Every field: the trail of an organisation, with events of data, unusual activity, a locked bucket whose requests are logged in another one.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "audit_trail" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  audit_trail = {
    organization = { id = "o-a1b2c3d4e5" }
    data_events = {
      documents = { type = "AWS::S3::Object", arns = ["arn:aws:s3:::example-documents/"] }
      tables    = { type = "AWS::DynamoDB::Table", reads = false }
    }
    insights    = ["ApiCallRateInsight", "ApiErrorRateInsight"]
    logs        = { days = 400 }
    storage     = { days = 2557, lock = { days = 365, mode = "GOVERNANCE" } }
    access_logs = { bucket = aws_s3_bucket.logs.id, prefix = "audit/" }
    protected   = false
  }
}

output "audit_trail" {
  value = module.audit_trail.audit_trail
}
