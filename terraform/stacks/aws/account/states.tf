# The bucket that the states of all stacks are in, this one's too. It outlives the environment.
module "state_backend" {
  source = "../../../modules/aws/state-backend"

  context       = { name = local.env.name }
  state_backend = { access_logs = { bucket = aws_s3_bucket.logs.bucket, prefix = "state/" } }
}

output "state_backend" {
  description = "Where states are kept, as module state-backend hands it on."
  value       = module.state_backend.state_backend
}
