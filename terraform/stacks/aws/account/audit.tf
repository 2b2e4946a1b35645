# What anyone did in the account.
module "audit_trail" {
  source = "../../../modules/aws/audit-trail"

  context = { name = local.env.name }
  audit_trail = {
    access_logs = { bucket = aws_s3_bucket.logs.bucket, prefix = "audit/" }
    protected   = local.env.protected
  }
}

output "audit_trail" {
  description = "The trail, as module audit-trail hands it on."
  value       = module.audit_trail.audit_trail
}
