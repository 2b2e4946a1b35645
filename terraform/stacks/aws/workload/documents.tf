# The three documents that say everything: what (contract), where (env), which version and the little that differs (release).

locals {
  env      = yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env
  release  = yamldecode(file("${path.module}/../../../envs/${var.environment}/releases/${var.workload}.yaml")).release
  contract = yamldecode(file("${path.module}/../../../../services/${var.workload}/workload.yaml")).workload

  # A key that the release names replaces the contract's as a whole, as in helm/charts/workload: nothing in it is merged.
  overrides = try(local.release.overrides.components, {})
  components = {
    for name, component in local.contract.components : name => merge(
      component,
      { for key, value in lookup(local.overrides, name, {}) : key => value if contains(["scaling", "size", "settings"], key) },
    )
  }

  prefix = "${local.env.name}-${var.workload}"
}
