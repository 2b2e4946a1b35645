variable "environment" {
  description = "Name of the environment, a folder of terraform/envs. Example: dev."
  type        = string
  nullable    = false

  # Reads the file itself: a local would have to wait for this check.
  validation {
    condition     = try(yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env.kind, "") == "aws"
    error_message = "environment is ${jsonencode(var.environment)}, and terraform/envs/${var.environment}/env.yaml is not there or not of kind aws; name one of ${join(", ", [for file in fileset("${path.module}/../../../envs", "*/env.yaml") : dirname(file) if yamldecode(file("${path.module}/../../../envs/${file}")).env.kind == "aws"])}."
  }

  validation {
    condition     = try(yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env.name, var.environment) == var.environment
    error_message = "terraform/envs/${var.environment}/env.yaml has another name in env.name, and every resource's name begins with it; set env.name to ${var.environment}."
  }
}
