locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.region

  name = "${var.context.name}-audit"
  tags = merge(var.context.tags, { Name = local.name })

  # Known before the trail is there: bucket, key and role let in this trail and no other.
  trail_arn = "arn:${local.partition}:cloudtrail:${local.region}:${local.account}:trail/${local.name}"

  # Where something is said of data, what is not of data must be said too.
  selectors = { for name, one in local.events : name => one if length(var.audit_trail.data_events) > 0 }
  events = merge(
    { management = { eventCategory = { equals = ["Management"], starts_with = null } } },
    {
      for name, one in var.audit_trail.data_events : "data-${name}" => {
        for field, test in {
          eventCategory    = { equals = ["Data"], starts_with = null }
          "resources.type" = { equals = [one.type], starts_with = null }
          "resources.ARN"  = { equals = null, starts_with = one.arns }
          readOnly         = { equals = one.reads ? null : ["false"], starts_with = null }
        } : field => test if test.equals != null || test.starts_with != null
      }
    },
  )
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

resource "aws_cloudtrail" "this" {
  name = local.name

  # IAM and other services without a region write in one region only; an attacker chooses another.
  is_multi_region_trail         = true
  include_global_service_events = true
  is_organization_trail         = var.audit_trail.organization != null

  # Digests that CloudTrail signs show whether a file was changed or is missing.
  enable_log_file_validation = true

  s3_bucket_name             = aws_s3_bucket.this.id
  kms_key_id                 = aws_kms_key.this.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.this.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.logs.arn
  tags                       = local.tags

  dynamic "advanced_event_selector" {
    for_each = local.selectors

    content {
      name = advanced_event_selector.key

      dynamic "field_selector" {
        for_each = advanced_event_selector.value

        content {
          field       = field_selector.key
          equals      = field_selector.value.equals
          starts_with = field_selector.value.starts_with
        }
      }
    }
  }

  dynamic "insight_selector" {
    for_each = var.audit_trail.insights

    content {
      insight_type = insight_selector.value
    }
  }

  # CloudTrail tries all of them when it is made.
  depends_on = [aws_iam_role_policy.logs, aws_s3_bucket_policy.this]
}
