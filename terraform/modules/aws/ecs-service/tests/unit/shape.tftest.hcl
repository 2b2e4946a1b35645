# What a description becomes. Nothing here needs a cloud.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/dev" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/dev-shop-quotes:1" }
  }

  mock_resource "aws_ecs_service" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:service/dev/dev-shop-quotes" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:/causeway/dev-shop/quotes" }
  }

  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/quotes/0123456789abcdef", arn_suffix = "targetgroup/quotes/0123456789abcdef" }
  }
}

variables {
  context = { name = "dev-shop", tags = { owner = "shop-team" } }
  ecs_service = {
    name  = "quotes"
    image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
    cluster = {
      name              = "dev"
      arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
      capacity_provider = "dev"
      networking        = "bridge"
      architecture      = "arm64"
      namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
      network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
      security_group_id = "sg-0a1b2c3d4e5f60718"
      telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
    }
  }
}

run "what_is_not_said_is_safe" {
  command = plan

  assert {
    condition     = local.container.readonlyRootFilesystem && !local.container.privileged && local.container.dockerSecurityOptions == ["no-new-privileges"] && local.container.user == "1654" && local.container.linuxParameters.capabilities.drop == ["ALL"]
    error_message = "A container with defaults may do more than it must: ${jsonencode(local.container)}."
  }

  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100 && aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "A deployment that fails takes tasks away."
  }

  assert {
    condition     = [for strategy in aws_ecs_service.this.ordered_placement_strategy : strategy.field] == ["attribute:ecs.availability-zone", "memory"] && aws_ecs_service.this.availability_zone_rebalancing == "ENABLED"
    error_message = "Tasks are not spread over zones."
  }

  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 2 && keys(aws_appautoscaling_policy.this) == ["cpu"]
    error_message = "A service with defaults scales by ${join(", ", keys(aws_appautoscaling_policy.this))}."
  }

  assert {
    condition     = length(aws_lb_target_group.this) + length(aws_security_group.this) == 0 && output.ecs_service.url == null && length(aws_ecs_service.this.service_connect_configuration[0].service) == 0
    error_message = "A service without a port can be reached."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == local.container.logConfiguration.options["awslogs-group"] && aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "The task writes to ${local.container.logConfiguration.options["awslogs-group"]}."
  }
}

run "the_kill_comes_after_what_the_program_was_told" {
  command = plan

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      shutdown    = { drain = 10, timeout = 50 }
      environment = { QUOTES_LIMIT = "5", OTEL_SERVICE_NAME = "shop" }
    }
  }

  assert {
    condition     = local.container.stopTimeout == 55 && local.environment.SHUTDOWN_TIMEOUT_SECONDS == "50" && local.environment.SHUTDOWN_DRAIN_SECONDS == "10"
    error_message = "It is killed after ${local.container.stopTimeout} s, and was told ${jsonencode(local.environment)}."
  }

  assert {
    condition     = local.environment.OTEL_EXPORTER_OTLP_ENDPOINT == "http://172.17.0.1:4318" && local.environment.OTEL_SERVICE_NAME == "shop"
    error_message = "Telemetry goes to ${local.environment.OTEL_EXPORTER_OTLP_ENDPOINT} as ${local.environment.OTEL_SERVICE_NAME}."
  }
}

run "behind_ports_of_instances_a_load_balancer_finds_tasks_by_instance" {
  command = plan

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      port    = 8080
      route   = { load_balancer = { listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/edge/0123456789abcdef/0123456789abcdef", security_group_id = "sg-0f1e2d3c4b5a69788", arn_suffix = "app/edge/0123456789abcdef" }, hosts = ["quotes.example.com"], paths = ["/quotes/*"], priority = 7 }
      scaling = { min = 2, max = 9, cpu = 0, requests = 600 }
    }
  }

  assert {
    condition     = aws_lb_target_group.this[0].target_type == "instance" && local.container.portMappings[0].hostPort == 0 && length(aws_ecs_service.this.network_configuration) == 0
    error_message = "The load balancer looks for ${aws_lb_target_group.this[0].target_type} on port ${local.container.portMappings[0].hostPort}."
  }

  assert {
    condition     = aws_lb_target_group.this[0].deregistration_delay == "20" && aws_lb_target_group.this[0].health_check[0].path == "/healthz/ready" && aws_lb_target_group.this[0].health_check[0].port == "traffic-port"
    error_message = "A task leaves after ${aws_lb_target_group.this[0].deregistration_delay} s."
  }

  assert {
    condition     = aws_lb_listener_rule.this[0].priority == 7 && length(aws_lb_listener_rule.this[0].condition) == 2
    error_message = "The rule is ${jsonencode(aws_lb_listener_rule.this[0].condition)}."
  }

  assert {
    condition     = one(one(aws_ecs_service.this.service_connect_configuration[0].service).timeout).per_request_timeout_seconds == 15 && output.ecs_service.url == "http://quotes:8080"
    error_message = "Services reach it at ${output.ecs_service.url}."
  }

  assert {
    condition     = keys(aws_appautoscaling_policy.this) == ["requests"]
    error_message = "It scales by ${join(", ", keys(aws_appautoscaling_policy.this))}."
  }
}

run "tasks_with_addresses_are_open_to_those_who_were_named" {
  command = plan

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "awsvpc"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      port    = 8080
      health  = { port = 8081 }
      route   = { load_balancer = { listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/edge/0123456789abcdef/0123456789abcdef", security_group_id = "sg-0f1e2d3c4b5a69788", arn_suffix = "app/edge/0123456789abcdef" }, hosts = ["quotes.example.com"] }
      callers = { site = "sg-01111111111111111" }
      reaches = { database = { security_group_id = "sg-02222222222222222", port = 5432 } }
    }
  }

  assert {
    condition     = aws_lb_target_group.this[0].target_type == "ip" && aws_lb_target_group.this[0].health_check[0].port == "8081" && local.container.portMappings[0].hostPort == 8080
    error_message = "The load balancer looks for ${aws_lb_target_group.this[0].target_type}."
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.load_balancer) == ["8080", "8081"] && keys(aws_vpc_security_group_egress_rule.load_balancer) == ["8080", "8081"]
    error_message = "The load balancer reaches ports ${join(", ", keys(aws_vpc_security_group_ingress_rule.load_balancer))}."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.caller["site"].referenced_security_group_id == "sg-01111111111111111" && aws_vpc_security_group_egress_rule.caller["site"].security_group_id == "sg-01111111111111111"
    error_message = "The caller does not reach it."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.reaches["database"].to_port == 5432
    error_message = "It does not reach its database."
  }
}

run "what_is_written_is_in_memory_or_goes_with_the_task" {
  command = plan

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      scratch = { "/tmp" = 64 }
      volumes = { cache = "/var/cache" }
      health  = { command = ["CMD", "/app/healthy"] }
      role    = { arn = "arn:aws:iam::111122223333:role/dev-shop-quotes" }
    }
  }

  assert {
    condition     = local.container.linuxParameters.tmpfs[0].containerPath == "/tmp" && one(one(aws_ecs_task_definition.this.volume).docker_volume_configuration).scope == "task"
    error_message = "It writes to ${jsonencode(local.container.linuxParameters)}."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].healthCheck.command == ["CMD", "/app/healthy"]
    error_message = "ECS does not check it."
  }

  assert {
    condition     = length(aws_iam_role.task) == 0 && aws_ecs_task_definition.this.task_role_arn == "arn:aws:iam::111122223333:role/dev-shop-quotes"
    error_message = "Its program runs as ${aws_ecs_task_definition.this.task_role_arn}."
  }
}

run "more_paths_than_a_rule_takes_have_more_rules" {
  command = plan

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      port    = 8080
      route   = { load_balancer = { listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/edge/0123456789abcdef/0123456789abcdef", security_group_id = "sg-0f1e2d3c4b5a69788", arn_suffix = "app/edge/0123456789abcdef" }, hosts = ["quotes.example.com"], paths = ["/a", "/a/*", "/b", "/b/*", "/c", "/c/*"], priority = 7 }
      scaling = { min = 2, max = 9, cpu = 0, requests = 600 }
    }
  }

  assert {
    condition     = [for rule in aws_lb_listener_rule.this : rule.priority] == [7, 8]
    error_message = "The rules are ${jsonencode(aws_lb_listener_rule.this[*].priority)}."
  }

  assert {
    condition = flatten([
      for rule in aws_lb_listener_rule.this : [for condition in rule.condition : [for path in condition.path_pattern : sort(path.values)]]
    ]) == ["/a", "/a/*", "/b", "/b/*", "/c", "/c/*"]
    error_message = "The rules are ${jsonencode(aws_lb_listener_rule.this[*].condition)}."
  }
}
