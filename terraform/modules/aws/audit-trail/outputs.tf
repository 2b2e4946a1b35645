output "audit_trail" {
  description = "The trail, to be passed on whole: its name and ARN, its bucket (name and ARN), the name of its log group, and the ARN of the key that encrypts both. Users wait until it writes."
  value = {
    name      = aws_cloudtrail.this.name
    arn       = aws_cloudtrail.this.arn
    bucket    = { name = aws_s3_bucket.this.bucket, arn = aws_s3_bucket.this.arn }
    log_group = aws_cloudwatch_log_group.this.name
    key_arn   = aws_kms_key.this.arn
  }

  depends_on = [
    aws_s3_bucket_lifecycle_configuration.this,
    aws_s3_bucket_object_lock_configuration.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_versioning.this,
  ]
}
