# Auto Scaling starts the nodes, and their disks are encrypted with this key.
module "data_key" {
  source = "../../../kms-key"

  context = { name = "example" }
  kms_key = {
    name = "data"
    roles = {
      auto-scaling = {
        arn      = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
        attaches = true
      }
    }
  }
}

module "logs_key" {
  source = "../../../kms-key"

  context = { name = "example" }
  kms_key = {
    name = "logs"
    services = {
      logs = {
        principal          = "logs.eu-central-1.amazonaws.com"
        encryption_context = { "aws:logs:arn" = ["arn:aws:logs:eu-central-1:${data.aws_caller_identity.this.account_id}:log-group:*"] }
      }
    }
  }
}
