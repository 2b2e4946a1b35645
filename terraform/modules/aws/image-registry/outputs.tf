output "image_registry" {
  description = "The registry, to be passed on whole: name, ARN and address of each repository. Users wait until others have access."
  value = {
    repositories = {
      for name, repository in aws_ecr_repository.this : name => { name = repository.name, arn = repository.arn, url = repository.repository_url }
    }
  }

  depends_on = [aws_ecr_lifecycle_policy.this, aws_ecr_repository_policy.this]
}
