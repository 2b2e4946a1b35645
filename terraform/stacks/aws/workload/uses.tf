# What components use, as the contract says it: <kind>/<name> for the workload's own, <workload>/<kind>/<name> for another's.

locals {
  uses = flatten([
    for component, definition in local.components : [
      for path, access in try(definition.uses, {}) : {
        component = component
        path      = path
        access    = access
        owner     = length(split("/", path)) == 3 ? split("/", path)[0] : var.workload
        kind      = reverse(split("/", path))[1]
        name      = reverse(split("/", path))[0]
      }
    ]
  ])

  # The contracts that say what is there, and who is granted what.
  owners = {
    for owner in distinct([for use in local.uses : use.owner]) :
    owner => yamldecode(file("${path.module}/../../../../services/${owner}/workload.yaml")).workload
  }

  # Uses that nothing stands behind: a name that the owner does not have, or access that the owner does not grant.
  ungranted = [
    for use in local.uses : "${use.component} may not ${use.access} ${use.path}"
    if !can(local.owners[use.owner].resources[use.kind][use.name]) || (
      use.owner != var.workload && !contains(
        use.access == "read" ? ["read", "write"] : ["write"],
        try(local.owners[use.owner].resources[use.kind][use.name].grants[var.workload], "nothing"),
      )
    )
  ]
}
