variable "environment" {
  description = "Name of the environment, a folder of terraform/envs. Example: dev."
  type        = string
  nullable    = false
}
