output "secret" {
  description = "The secret, to be passed on whole: its name and ARN, never its value. Users wait until it has a value and its policy."
  value       = { name = aws_secretsmanager_secret.this.name, arn = aws_secretsmanager_secret.this.arn }

  depends_on = [aws_secretsmanager_secret_policy.this, aws_secretsmanager_secret_rotation.this, aws_secretsmanager_secret_version.this]
}
