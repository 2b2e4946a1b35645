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

  context = { name = local.env.name, boundary_arn = local.boundary_arn }
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

# By name: what is compared, and when it is too much. A service reports each task's use of processor and memory once a minute: as many reports as it has tasks.
locals {
  service_alarms = {
    tasks = {
      metric = "CPUUtilization", statistic = "SampleCount", comparison = "LessThanThreshold", minutes = 5, missing = "breaching"
      says   = "fewer tasks run than the least that were asked for"
    }
    cpu = {
      metric = "CPUUtilization", statistic = "Average", comparison = "GreaterThanThreshold", minutes = 15, missing = "missing"
      says   = "its tasks use more than 90 % of the processor for a quarter of an hour, so scaling does not help: raise scaling.max or size.cpu"
    }
    memory = {
      metric = "MemoryUtilization", statistic = "Average", comparison = "GreaterThanThreshold", minutes = 15, missing = "missing"
      says   = "its tasks use more than 90 % of their memory, and end where they need more: raise size.memory"
    }
  }

  services_watched = merge([
    for name, service in local.services : {
      for alarm, one in local.service_alarms : "${name}-${alarm}" => merge(one, { service = name, threshold = alarm == "tasks" ? service.scaling.min : 90 })
    }
  ]...)

  services_routed = { for name, service in local.services : name => module.service[name].ecs_service if length(try(service.routes, [])) > 0 }
}

resource "aws_cloudwatch_metric_alarm" "service" {
  for_each = local.services_watched

  alarm_name          = "${local.prefix}-${each.key}"
  alarm_description   = "Service ${local.prefix}-${each.value.service}: ${each.value.says}."
  namespace           = "AWS/ECS"
  metric_name         = each.value.metric
  dimensions          = { ClusterName = local.ecs_cluster.name, ServiceName = module.service[each.value.service].ecs_service.name }
  statistic           = each.value.statistic
  period              = 60
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  evaluation_periods  = each.value.minutes
  treat_missing_data  = each.value.missing
  alarm_actions       = [local.alarm_topic]
  ok_actions          = [local.alarm_topic]
}

resource "aws_cloudwatch_metric_alarm" "service_targets" {
  for_each = local.services_routed

  alarm_name          = "${local.prefix}-${each.key}-targets"
  alarm_description   = "Service ${each.value.name}: the load balancer has no healthy task to send requests to."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = { LoadBalancer = local.load_balancer.arn_suffix, TargetGroup = each.value.target_group.arn_suffix }
  statistic           = "Maximum"
  period              = 60
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 2
  treat_missing_data  = "breaching"
  alarm_actions       = [local.alarm_topic]
  ok_actions          = [local.alarm_topic]
}

resource "aws_cloudwatch_metric_alarm" "service_errors" {
  for_each = local.services_routed

  alarm_name          = "${local.prefix}-${each.key}-errors"
  alarm_description   = "Service ${each.value.name}: more than 5 % of the requests that reach it end with a 5xx."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching" # no request, no measurement
  alarm_actions       = [local.alarm_topic]
  ok_actions          = [local.alarm_topic]

  metric_query {
    id          = "rate"
    expression  = "100 * FILL(errors, 0) / requests"
    label       = "Requests that end with a 5xx, in percent"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { errors = "HTTPCode_Target_5XX_Count", requests = "RequestCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = local.load_balancer.arn_suffix, TargetGroup = each.value.target_group.arn_suffix }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

output "services" {
  description = "The workload's services on ECS, by name, as module ecs-service hands them on."
  value       = { for name, service in module.service : name => service.ecs_service }
}
