output "arn" {
  description = "ARN of the journal."
  value       = aws_cloudwatch_log_group.this.arn
}
