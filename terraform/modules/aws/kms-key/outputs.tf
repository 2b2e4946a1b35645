output "kms_key" {
  description = "The key, to be passed on whole: its id and ARN, and its alias (name and ARN). Users wait for the alias and the grants."
  value = {
    id    = aws_kms_key.this.key_id
    arn   = aws_kms_key.this.arn
    alias = { name = aws_kms_alias.this.name, arn = aws_kms_alias.this.arn }
  }

  depends_on = [aws_kms_grant.this]
}
