variable "environment" {
  description = "Name of the environment, a folder of terraform/envs. Example: dev."
  type        = string
  nullable    = false

  validation {
    condition     = local.env.kind == "aws"
    error_message = "Environment ${var.environment} is of kind ${local.env.kind}; this stack runs workloads in environments of kind aws: name one of those."
  }

  validation {
    condition     = local.env.name == var.environment
    error_message = "terraform/envs/${var.environment}/env.yaml names its environment ${local.env.name}; resources would get another environment's names: correct env.name."
  }
}

variable "workload" {
  description = "Name of the workload, a folder of services with a release in the environment. Example: orders."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["eks", "ecs"], local.release.runtime)
    error_message = "release.runtime of ${var.workload} in ${var.environment} is ${local.release.runtime}; an environment of kind aws has eks or ecs."
  }

  validation {
    condition     = length(setsubtract(keys(local.overrides), keys(local.contract.components))) == 0
    error_message = "release.overrides.components of ${var.workload} in ${var.environment} has ${join(", ", keys(local.overrides))}; the contract has ${join(", ", keys(local.contract.components))}: remove the others."
  }
}
