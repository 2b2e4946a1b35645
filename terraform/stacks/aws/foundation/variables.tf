variable "environment" {
  description = "Name of the environment, a folder of terraform/envs. Example: dev."
  type        = string
  nullable    = false

  validation {
    condition     = local.env.kind == "aws"
    error_message = "Environment ${var.environment} is of kind ${local.env.kind}; this stack makes environments of kind aws: name one of those."
  }

  validation {
    condition     = local.env.name == var.environment
    error_message = "terraform/envs/${var.environment}/env.yaml names its environment ${local.env.name}; resources would get another environment's names: correct env.name."
  }
}
