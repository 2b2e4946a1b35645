module "network" {
  source = "../../../modules/aws/network"

  context = { name = local.env.name, boundary_arn = local.boundary_arn }
  network = {
    cidr       = try(local.env.network.cidr, null)
    zones      = try(local.env.network.zones, {})
    nat        = try(local.env.network.nat, "none")
    kubernetes = !can(local.env.network.existing) # the owner tags subnets that are already there
    existing   = try(local.env.network.existing, null)
    interfaces = try(local.env.network.interfaces, [])
    flow_logs  = can(local.env.network.flowLogs) ? { days = local.env.network.flowLogs, kms_key_arn = module.key["logs"].kms_key.arn } : null
  }
}
