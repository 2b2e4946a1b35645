output "network" {
  description = "The network, as module network hands it on."
  value       = module.network.network

  precondition {
    condition = alltrue([
      for cidr in try(local.env.edge.from.cidrs, []) :
      contains([for subnet in values(module.network.network.subnets.public) : subnet.cidr], cidr)
    ])
    error_message = "env.edge.from.cidrs of ${local.env.name} is ${join(", ", try(local.env.edge.from.cidrs, []))}, and the load balancer would stand in ${join(", ", [for subnet in values(module.network.network.subnets.public) : subnet.cidr])}: workloads would turn its requests away. Write the public subnets there."
  }
}

output "egress" {
  description = "Public addresses that workloads are seen from: what others put on their allow-lists."
  value       = module.network.egress
}

output "keys" {
  description = "ARNs of the environment's keys, by what they encrypt. Other stacks find them by alias/<environment>-<key>."
  value       = { for name, key in module.key : name => key.kms_key.arn }
}

output "domain" {
  description = "The domain, as module dns-and-certificate hands it on. The owner of the domain above makes an NS record of the zone's name servers, unless the environment names that zone."
  value       = module.domain.dns_and_certificate
}
