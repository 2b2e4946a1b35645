# What components use, as the contract says it: <kind>/<name> for the workload's own, <workload>/<kind>/<name> for another's.

locals {
  uses = flatten([
    for component, definition in local.components : [
      for path, access in try(definition.uses, {}) : {
        component = component
        path      = path
        access    = flatten([access]) # one verb, or a list
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

  # By kind: its verbs, each with itself and what it includes; and with what those include in turn, twice over, as Terraform has no recursion.
  direct_verbs = {
    for kind in distinct([for use in local.uses : use.kind]) : kind => {
      for verb, definition in jsondecode(file("${path.module}/../../../../schemas/resources/${kind}.json")).access :
      verb => concat([verb], try(definition.includes, []))
    }
  }
  indirect_verbs = {
    for kind, verbs in local.direct_verbs : kind => { for verb, included in verbs : verb => distinct(flatten([for one in included : verbs[one]])) }
  }
  verbs = {
    for kind, verbs in local.indirect_verbs : kind => { for verb, included in verbs : verb => distinct(flatten([for one in included : verbs[one]])) }
  }

  # What the file of a resource kind reads: by kind and component, each resource with its whole name, its definition and what is allowed on it.
  # Components that use nothing of the kind are not in it.
  used = {
    for kind in keys(local.verbs) : kind => {
      for component in distinct([for use in local.uses : use.component if use.kind == kind]) : component => [
        for use in local.uses : {
          name       = "${local.env.name}-${use.owner}-${use.name}"
          definition = try(local.owners[use.owner].resources[kind][use.name], {})
          verbs      = distinct(flatten([for verb in use.access : lookup(local.verbs[kind], verb, [])]))
        } if use.component == component && use.kind == kind
      ]
    }
  }
}
