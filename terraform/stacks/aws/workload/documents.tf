# The three documents that say everything: what (contract), where (env), which version and the little that differs (release).

locals {
  env      = yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env
  release  = yamldecode(file("${path.module}/../../../envs/${var.environment}/releases/${var.workload}.yaml")).release
  contract = yamldecode(file("${path.module}/../../../../services/${var.workload}/workload.yaml")).workload

  # A key that the release names replaces the contract's as a whole, as in helm/charts/workload: nothing in it is merged.
  overrides  = try(local.release.overrides.components, {})
  components = { for name, component in local.contract.components : name => merge(component, lookup(local.overrides, name, {})) }

  # What a release may override, by kind of component.
  overridable = {
    for kind in distinct([for component in local.contract.components : component.kind]) :
    kind => jsondecode(file("${path.module}/../../../../schemas/components/${kind}.json")).overrides
  }

  prefix = "${local.env.name}-${var.workload}"

  # The policy that limits every role here: who applies for the repository of env.github may make no role without it. The stack account makes it.
  boundary_arn = can(local.env.github) ? "arn:${data.aws_partition.this.partition}:iam::${local.env.account}:policy/${local.env.name}-boundary" : null
}
