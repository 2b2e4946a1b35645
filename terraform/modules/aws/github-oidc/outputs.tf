output "github_oidc" {
  description = "The roles, to be passed on whole: the provider's ARN, the ARN of the role of pull requests (null: there is none), those of the environments' roles by environment, the boundary's ARN, and the subjects that each role takes. Users wait until the roles may do what they are for."
  value = {
    provider_arn = local.provider_arn
    plan         = local.has_plan ? aws_iam_role.this["plan"].arn : null
    environments = { for name in keys(var.github_oidc.environments) : name => aws_iam_role.this["apply-${name}"].arn }
    boundary_arn = one(concat(aws_iam_policy.boundary[*].arn, var.github_oidc.boundary.existing[*].arn))
    subjects     = { for role, one in local.roles : role => [for subject in local.subjects : "${subject}:${one.what}"] }
  }

  depends_on = [
    aws_iam_role_policy.apply_state,
    aws_iam_role_policy.plan_no_data,
    aws_iam_role_policy.plan_state,
    aws_iam_role_policy_attachment.apply,
    aws_iam_role_policy_attachment.plan,
  ]
}
