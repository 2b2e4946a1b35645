output "state_backend" {
  description = "Where states are kept, to be passed on whole: name and ARN of the bucket, ARN and alias of the key, and `backend`, the arguments of a backend `s3` without its `key`. Users wait until the bucket is encrypted, versioned and closed."
  value = {
    bucket    = aws_s3_bucket.this.bucket
    arn       = aws_s3_bucket.this.arn
    key_arn   = aws_kms_key.this.arn
    key_alias = aws_kms_alias.this.name
    backend = {
      bucket       = aws_s3_bucket.this.bucket
      region       = data.aws_region.this.region
      encrypt      = true
      kms_key_id   = aws_kms_key.this.arn
      use_lockfile = true
    }
  }

  depends_on = [
    aws_s3_bucket_lifecycle_configuration.this,
    aws_s3_bucket_policy.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_versioning.this,
  ]
}
