# Roles that workflows of a GitHub repository take: one reads for pull requests, one applies.
module "github_oidc" {
  source = "../../../modules/aws/github-oidc"
  count  = can(local.env.github) ? 1 : 0

  context = { name = local.env.name }
  github_oidc = {
    repository = {
      owner    = local.env.github.owner
      name     = local.env.github.name
      owner_id = local.env.github.ownerId
      id       = local.env.github.id
      subject  = try(local.env.github.subject, "ids")
    }
    environments = { for name, policies in { (local.env.name) = try(local.env.github.apply, {}) } : name => { policies = policies } if length(policies) > 0 }
    state        = { bucket_arn = module.state_backend.state_backend.arn, key_arn = module.state_backend.state_backend.key_arn }
  }
}

output "github_oidc" {
  description = "The roles, as module github-oidc hands them on. Null: the environment names no repository."
  value       = one(module.github_oidc[*].github_oidc)
}
