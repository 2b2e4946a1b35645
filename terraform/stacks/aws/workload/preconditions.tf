# What must hold between the documents, whatever kinds they name. Schemas hold each document against its form; these hold one against the other.

locals {
  # Kinds that a contract names and this stack does not make: each is a file here.
  missing_kinds = [
    for kind in distinct(concat(keys(try(local.contract.resources, {})), [for use in local.uses : use.kind])) :
    kind if !fileexists("${path.module}/${kind}.tf")
  ]

  unknown_overrides = flatten([
    for name, keys_of in local.overrides : !contains(keys(local.contract.components), name) ? [name] : [
      for key in keys(keys_of) : "${name}.${key}" if !contains(local.overridable[local.contract.components[name].kind], key)
    ]
  ])

  # Uses that nothing stands behind: a name that the owner does not have, or a verb that the owner does not grant.
  ungranted_uses = [
    for use in local.uses : "${use.component} may not ${join(", ", use.access)} ${use.path}"
    if !can(local.owners[use.owner].resources[use.kind][use.name]) || (
      use.owner != var.workload && length(setsubtract(use.access, flatten([
        for verb in flatten([try(local.owners[use.owner].resources[use.kind][use.name].grants[var.workload], [])]) :
        lookup(local.verbs[use.kind], verb, [])
      ]))) > 0
    )
  ]
}

output "components" {
  description = "The workload's components, by name: kind, and ARN of the role (null: it has none)."
  value       = { for name, component in local.components : name => { kind = component.kind, role = try(aws_iam_role.component[name].arn, null) } }

  precondition {
    condition     = length(local.missing_kinds) == 0
    error_message = "The contract of ${var.workload} names resources of kind ${join(", ", local.missing_kinds)}, which this stack does not make: add terraform/stacks/aws/workload/<kind>.tf."
  }

  precondition {
    condition     = local.release.runtime == local.env.cluster.runtime
    error_message = "release.runtime of ${var.workload} in ${var.environment} is ${local.release.runtime}, and env.cluster.runtime is ${local.env.cluster.runtime}: an environment has one cluster; write its runtime."
  }

  precondition {
    condition     = length(local.unknown_overrides) == 0
    error_message = "release.overrides.components of ${var.workload} in ${var.environment} has ${join(", ", local.unknown_overrides)}. The contract has the components ${join(", ", keys(local.contract.components))}, and of kind ${join("; of kind ", [for kind, names in local.overridable : "${kind} a release may override ${join(", ", names)}"])}: remove the others."
  }

  precondition {
    condition     = length(local.ungranted_uses) == 0
    error_message = "In the contract of ${var.workload}: ${join("; ", local.ungranted_uses)}. Declare what is missing under workload.resources, or have its owner grant it there."
  }
}
