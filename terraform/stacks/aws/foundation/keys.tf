# One key for what the environment stores, one for what it logs: who may read logs needs no way to the data.

locals {
  keys = {
    data = {
      services = {}

      # Auto Scaling starts instances by a role of its own, and can use no key for their disks that does not name it.
      roles = {
        auto-scaling = {
          arn      = "arn:${data.aws_partition.this.partition}:iam::${local.env.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
          attaches = true
        }
      }
    }

    # Alarms write to a topic that is encrypted with this key, too. CloudWatch Logs says for which group it asks, and for which account only by that.
    logs = {
      roles = {}
      services = {
        alarms = {
          principal   = "cloudwatch.amazonaws.com"
          source_arns = [local.alarms]
        }

        logs = {
          principal          = "logs.${local.env.region}.amazonaws.com"
          encryption_context = { "aws:logs:arn" = ["arn:${data.aws_partition.this.partition}:logs:${local.env.region}:${local.env.account}:log-group:*"] }
        }
      }
    }
  }
}

# Other stacks find a key by its alias, <environment>-<key>.
module "key" {
  source   = "../../../modules/aws/kms-key"
  for_each = local.keys

  context = { name = local.env.name }
  kms_key = {
    name          = each.key
    description   = "Encrypts the ${each.key} of environment ${local.env.name}"
    deletion_days = local.env.protected ? 30 : 7
    services      = each.value.services
    roles         = each.value.roles
  }
}

data "aws_partition" "this" {}
