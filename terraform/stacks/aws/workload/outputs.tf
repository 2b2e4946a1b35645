output "tables" {
  description = "The workload's tables, by name, as module table hands them on."
  value       = { for name, table in module.table : name => table.table }
}

output "roles" {
  description = "ARN of the role of each component that uses something, by component."
  value       = { for name, role in aws_iam_role.component : name => role.arn }
}
