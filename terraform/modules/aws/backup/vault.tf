data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

# Deleted with what is in it only where nothing is protected.
resource "aws_backup_vault" "this" {
  name          = var.context.name
  kms_key_arn   = aws_kms_key.this.arn
  force_destroy = !var.backup.protected
  tags          = var.context.tags
}

resource "aws_backup_vault_policy" "this" {
  count = var.backup.protected ? 1 : 0

  backup_vault_name = aws_backup_vault.this.name
  policy            = data.aws_iam_policy_document.vault.json
}

# The end of a backup's time is not a request: old backups still end.
data "aws_iam_policy_document" "vault" {
  statement {
    sid       = "NothingIsLost"
    effect    = "Deny"
    actions   = ["backup:DeleteBackupVault", "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
    resources = ["*"] # in a vault's policy: the vault and what is in it

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_backup_vault_lock_configuration" "this" {
  count = var.backup.lock == null ? 0 : 1

  backup_vault_name   = aws_backup_vault.this.name
  min_retention_days  = var.backup.lock.min_days
  max_retention_days  = var.backup.lock.max_days
  changeable_for_days = var.backup.lock.final_after
}

# A key of its own: backups stay readable when the key of what was backed up is gone.
resource "aws_kms_key" "this" {
  description             = "Encrypts the backups of ${var.context.name}"
  policy                  = data.aws_iam_policy_document.key.json
  enable_key_rotation     = true
  deletion_window_in_days = var.backup.protected ? 30 : 7
  tags                    = merge(var.context.tags, { Name = var.context.name })
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.context.name}-backup"
  target_key_id = aws_kms_key.this.key_id
}

# The account decides through IAM who may use the key; AWS Backup does with the rights of its roles.
data "aws_iam_policy_document" "key" {
  statement {
    sid       = "AccountDecides"
    actions   = ["kms:*"]
    resources = ["*"] # in a key's policy: the key itself

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:root"]
    }
  }
}
