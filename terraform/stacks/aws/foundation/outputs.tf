output "network" {
  description = "The network, as module network hands it on."
  value       = module.network.network

  precondition {
    condition     = local.env.kind == "aws"
    error_message = "Environment ${var.environment} is of kind ${local.env.kind}; this stack is for environments of kind aws: name one of those."
  }

  precondition {
    condition     = local.env.name == var.environment
    error_message = "terraform/envs/${var.environment}/env.yaml calls its environment ${local.env.name}, so that everything would get another environment's names; correct env.name."
  }

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
  value       = { for name, key in aws_kms_key.this : name => key.arn }
}
