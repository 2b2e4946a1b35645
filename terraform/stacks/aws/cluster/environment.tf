locals {
  env = yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env

  # The policy that limits every role here: who applies for the repository of env.github may make no role without it. The stack account makes it.
  boundary_arn = can(local.env.github) ? "arn:${data.aws_partition.this.partition}:iam::${local.env.account}:policy/${local.env.name}-boundary" : null
}
