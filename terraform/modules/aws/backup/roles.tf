locals {
  policies = "arn:${data.aws_partition.this.partition}:iam::aws:policy"

  roles = { for name, one in {
    backup  = { what = "Backs up", wanted = local.has_rules }
    restore = { what = "Restores", wanted = var.backup.restores }
  } : name => one.what if one.wanted }

  attached = { for name, one in {
    backup     = { role = "backup", policy = "service-role/AWSBackupServiceRolePolicyForBackup", wanted = local.has_rules }
    backup-s3  = { role = "backup", policy = "AWSBackupServiceRolePolicyForS3Backup", wanted = local.has_rules && var.backup.services.s3 }
    restore    = { role = "restore", policy = "service-role/AWSBackupServiceRolePolicyForRestores", wanted = var.backup.restores }
    restore-s3 = { role = "restore", policy = "AWSBackupServiceRolePolicyForS3Restore", wanted = var.backup.restores && var.backup.services.s3 }
  } : name => one if one.wanted }
}

resource "aws_iam_role" "this" {
  for_each = local.roles

  name                 = "${var.context.name}-${each.key}"
  description          = "${each.value} what is tagged ${var.backup.tag.key}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

# A role cannot be passed from another account, so the service alone is enough.
data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "Backup"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.attached

  role       = aws_iam_role.this[each.value.role].name
  policy_arn = "${local.policies}/${each.value.policy}"
}
