output "tables" {
  description = "The workload's tables, by name, as module table hands them on."
  value       = { for name, table in module.table : name => table.table }

  precondition {
    condition     = local.env.kind == "aws"
    error_message = "Environment ${var.environment} is of kind ${local.env.kind}; this stack is for environments of kind aws: name one of those."
  }

  precondition {
    condition     = local.env.name == var.environment
    error_message = "terraform/envs/${var.environment}/env.yaml calls its environment ${local.env.name}, so that everything would get another environment's names; correct env.name."
  }

  precondition {
    condition     = contains(["eks", "ecs"], local.release.runtime)
    error_message = "release.runtime of ${var.workload} in ${var.environment} is ${local.release.runtime}; an environment of kind aws has eks or ecs."
  }

  precondition {
    condition     = length(setsubtract(keys(local.overrides), keys(local.contract.components))) == 0
    error_message = "release.overrides.components of ${var.workload} in ${var.environment} has ${join(", ", keys(local.overrides))}; the contract has ${join(", ", keys(local.contract.components))}: remove the others."
  }
}

output "roles" {
  description = "ARN of the role of each component that uses something, by component."
  value       = { for name, role in aws_iam_role.component : name => role.arn }
}
