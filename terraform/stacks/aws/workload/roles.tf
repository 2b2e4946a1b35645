# Each component has one role in AWS. The file of each kind of resource adds a policy to it (tables.tf).

locals {
  # Who may take the role: what the release's runtime runs components with (trust/eks.yaml), or, for a kind of component that AWS itself starts
  # in the role's name, such as a function, the service that does it (trust/<kind>.yaml).
  trust = {
    for name, component in local.components :
    name => fileexists("${path.module}/trust/${component.kind}.yaml") ? component.kind : local.release.runtime
  }

  # A component that uses nothing gets no role: pods and tasks run without one. What AWS starts in a role's name always needs one.
  with_role = toset([
    for name, component in local.components : name
    if length(try(component.uses, {})) > 0 || local.trust[name] == component.kind
  ])
}

resource "aws_iam_role" "component" {
  for_each = local.with_role

  name        = "${local.prefix}-${each.key}"
  description = "Component ${each.key} of ${var.workload} in ${local.env.name}"

  permissions_boundary = local.boundary_arn

  assume_role_policy = jsonencode(yamldecode(templatefile("${path.module}/trust/${local.trust[each.key]}.yaml", {
    partition = data.aws_partition.this.partition
    region    = local.env.region
    account   = local.env.account
    workload  = var.workload
    component = each.key
  })))

  lifecycle {
    precondition {
      condition     = length("${local.prefix}-${each.key}") <= 64
      error_message = "${local.prefix}-${each.key} is longer than the 64 characters that a role's name may have; shorten the name of the environment, the workload or the component."
    }
  }
}
