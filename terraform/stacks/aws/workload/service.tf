# The kind of component `service` on the runtime `ecs`. It says what helm/charts/workload/templates/components/_service.tpl says for Kubernetes.

locals {
  services = { for name, component in local.components : name => component if component.kind == "service" && local.is_ecs }

  # The same for all, as in the chart. Behind a port of its instance a task has one port alone, which then serves health, too; no route leads there.
  management_port = local.is_ecs && try(local.env.cluster.networking == "awsvpc", false) ? 8081 : null

  # Sizes as Kubernetes writes them: thousandths of a processor, of which ECS has 1024, and Mi or Gi of memory.
  cpu    = { for name, service in local.services : name => ceil(tonumber(trimsuffix(service.size.cpu, "m")) * (endswith(service.size.cpu, "m") ? 1.024 : 1024)) }
  memory = { for name, service in local.services : name => tonumber(regex("^[0-9]+", service.size.memory)) * (endswith(service.size.memory, "Gi") ? 1024 : 1) }

  # What the process reads, as in the chart's workload.environment.
  environment = {
    for name, service in local.services : name => merge(
      {
        PORT                        = tostring(service.port)
        OTEL_RESOURCE_ATTRIBUTES    = "service.namespace=${var.workload},deployment.environment.name=${local.env.name}"
        OTEL_SERVICE_NAME           = "${var.workload}-${name}"
        OTEL_EXPORTER_OTLP_PROTOCOL = "http/protobuf"
        OTEL_METRIC_EXPORT_INTERVAL = tostring(local.env.telemetry.interval * 1000) # milliseconds
      },
      local.management_port == null ? {} : { MANAGEMENT_PORT = tostring(local.management_port) },
      { for call in try(service.calls, []) : "CALLS_${upper(replace(call, "-", "_"))}_URL" => "http://${var.workload}-${call}:${local.components[call].port}" },
      {
        for use in local.uses : upper(replace(join("_", [
          use.kind, use.owner == var.workload ? use.name : "${use.owner}__${use.name}",
        ]), "-", "_")) => "${local.env.name}-${use.owner}-${use.name}" if use.component == name
      },
      try(service.settings, {}),
    )
  }

  # Who calls whom: this and nothing more is opened between them. Tasks without a security group of their own are open to all of their cluster.
  calls = merge([
    for caller, service in local.services : try(local.env.cluster.networking != "awsvpc", true) ? {} : { for callee in try(service.calls, []) : "${caller}-${callee}" => { caller = caller, callee = callee } }
  ]...)
}

module "service" {
  source   = "../../../modules/aws/ecs-service"
  for_each = local.services

  context = { name = local.env.name }
  ecs_service = {
    name        = "${var.workload}-${each.key}"
    cluster     = local.ecs_cluster
    image       = "${local.env.registry}/${var.workload}-${each.key}@${local.release.pins.images[each.key]}"
    user        = "10001"
    cpu         = local.cpu[each.key]
    memory      = local.memory[each.key]
    port        = each.value.port
    environment = local.environment[each.key]
    role        = contains(local.with_role, each.key) ? { arn = aws_iam_role.component[each.key].arn } : null
    health      = { path = "/healthz/ready", port = local.management_port }
    shutdown    = { drain = local.env.shutdown.drain, timeout = local.env.shutdown.timeout }
    scaling     = { min = each.value.scaling.min, max = each.value.scaling.max, cpu = try(each.value.scaling.cpu, 0) }
    logs        = { kms_key_arn = data.aws_kms_alias.service_logs[0].target_key_arn }

    route = length(try(each.value.routes, [])) == 0 ? null : {
      load_balancer = local.load_balancer
      hosts         = ["${var.workload}.${local.env.edge.domain}"]
      paths         = flatten([for route in each.value.routes : route == "/" ? ["/*"] : [route, "${route}/*"]])
    }
  }
}

resource "aws_vpc_security_group_ingress_rule" "call" {
  for_each = local.calls

  security_group_id            = module.service[each.value.callee].ecs_service.security_group_id
  referenced_security_group_id = module.service[each.value.caller].ecs_service.security_group_id
  description                  = "Calls of ${var.workload}-${each.value.caller}"
  ip_protocol                  = "tcp"
  from_port                    = local.components[each.value.callee].port
  to_port                      = local.components[each.value.callee].port
}

resource "aws_vpc_security_group_egress_rule" "call" {
  for_each = local.calls

  security_group_id            = module.service[each.value.caller].ecs_service.security_group_id
  referenced_security_group_id = module.service[each.value.callee].ecs_service.security_group_id
  description                  = "Calls to ${var.workload}-${each.value.callee}"
  ip_protocol                  = "tcp"
  from_port                    = local.components[each.value.callee].port
  to_port                      = local.components[each.value.callee].port
}

output "services" {
  description = "The workload's services on ECS, by name, as module ecs-service hands them on."
  value       = { for name, service in module.service : name => service.ecs_service }
}
