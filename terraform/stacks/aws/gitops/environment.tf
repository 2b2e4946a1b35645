locals {
  env          = yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env
  boundary_arn = can(local.env.github) ? "arn:${data.aws_partition.this.partition}:iam::${local.env.account}:policy/${local.env.name}-boundary" : null
}
