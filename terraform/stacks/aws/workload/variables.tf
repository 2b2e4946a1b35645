variable "environment" {
  description = "Name of the environment, a folder of terraform/envs. Example: dev."
  type        = string
  nullable    = false
}

variable "workload" {
  description = "Name of the workload, a folder of services with a release in the environment. Example: orders."
  type        = string
  nullable    = false
}
