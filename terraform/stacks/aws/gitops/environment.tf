locals {
  env = yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env
}
