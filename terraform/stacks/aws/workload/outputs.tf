output "tables" {
  description = "The workload's tables, by name, as module table hands them on."
  value       = { for name, table in module.table : name => table.table }

  precondition {
    condition     = length(setsubtract(keys(local.overrides), keys(local.contract.components))) == 0
    error_message = "release.overrides.components of ${var.workload} in ${var.environment} has ${join(", ", keys(local.overrides))}; the contract has ${join(", ", keys(local.contract.components))}: remove the others."
  }
}

output "roles" {
  description = "ARN of the role of each component that uses something, by component."
  value       = { for name, role in aws_iam_role.component : name => role.arn }

  precondition {
    condition     = length(local.ungranted) == 0
    error_message = "In the contract of ${var.workload}: ${join("; ", local.ungranted)}. Declare what is missing under workload.resources, or have its owner grant it there."
  }
}
