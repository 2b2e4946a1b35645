output "backup" {
  description = "The backups, to be passed on whole: name and ARN of the vault, the ARN of its key, the plan's id and the ARNs of the roles that back up and restore (null: there is none), and the tag that selects. Users wait until resources are selected and the vault is locked."
  value = {
    vault   = { name = aws_backup_vault.this.name, arn = aws_backup_vault.this.arn }
    key_arn = aws_kms_key.this.arn
    plan_id = one(aws_backup_plan.this[*].id)
    roles   = { for what in ["backup", "restore"] : what => try(aws_iam_role.this[what].arn, null) }
    tag     = var.backup.tag
  }

  depends_on = [aws_backup_selection.this, aws_backup_vault_lock_configuration.this, aws_backup_vault_policy.this]
}
