# A collector on each instance: tasks send OTLP to it, and it alone knows where that goes. It is a daemon, so that it comes and goes with instances.

locals {
  has_collector = var.ecs_cluster.telemetry == null ? 0 : 1
  is_awsvpc     = var.ecs_cluster.networking == "awsvpc"
  otlp          = { grpc = 4317, http = 4318 }

  # In bridge mode tasks reach their own instance by the address that Docker's network has there; otherwise a collector by its name.
  collector_host = local.is_awsvpc ? "telemetry.${aws_service_discovery_private_dns_namespace.this.name}" : "172.17.0.1"

  # A private registry of ECR: account, region and repository of the image. Others need no permission.
  collector_repository = try(regex("^([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+)", var.ecs_cluster.telemetry.image), [])

  collector_pulls = length(local.collector_repository) == 0 ? {} : {
    Pull = {
      actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = ["arn:${local.partition}:ecr:${local.collector_repository[1]}:${local.collector_repository[0]}:repository/${local.collector_repository[2]}"]
    }
    SignIn = { actions = ["ecr:GetAuthorizationToken"], resources = ["*"] } # is not about one repository
  }
}

resource "aws_ecs_service" "telemetry" {
  count = local.has_collector

  name                = "telemetry"
  cluster             = aws_ecs_cluster.this.arn
  task_definition     = aws_ecs_task_definition.telemetry[0].arn
  scheduling_strategy = "DAEMON"
  launch_type         = "EC2" # the cluster's capacity provider has no daemons
  propagate_tags      = "SERVICE"
  tags                = var.context.tags

  # A daemon's successor starts when it is gone.
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  dynamic "network_configuration" {
    for_each = aws_security_group.telemetry

    content {
      subnets         = [for subnet in var.ecs_cluster.network.subnets.private : subnet.id]
      security_groups = [network_configuration.value.id]
    }
  }

  dynamic "service_registries" {
    for_each = aws_service_discovery_service.telemetry

    content {
      registry_arn = service_registries.value.arn
    }
  }

  depends_on = [aws_iam_role_policy.telemetry_execution, aws_iam_role_policy.telemetry]
}

resource "aws_ecs_task_definition" "telemetry" {
  count = local.has_collector

  family                   = "${local.name}-telemetry"
  network_mode             = var.ecs_cluster.networking
  requires_compatibilities = ["EC2"]
  task_role_arn            = aws_iam_role.telemetry[0].arn
  execution_role_arn       = aws_iam_role.telemetry_execution[0].arn
  tags                     = var.context.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = upper(local.architecture)
  }

  # Nothing in it comes from a resource, so that a plan shows what will run.
  container_definitions = jsonencode([{
    name                   = "collector"
    image                  = var.ecs_cluster.telemetry.image
    command                = ["--config=env:COLLECTOR_CONFIG"]
    essential              = true
    cpu                    = var.ecs_cluster.telemetry.cpu
    memory                 = var.ecs_cluster.telemetry.memory
    user                   = "10001"
    privileged             = false
    readonlyRootFilesystem = true
    stopTimeout            = 30 # it sends what it still holds
    linuxParameters        = { capabilities = { drop = ["ALL"] } }
    portMappings           = [for port in values(local.otlp) : { containerPort = port, hostPort = port, protocol = "tcp" }]
    environment            = [{ name = "COLLECTOR_CONFIG", value = var.ecs_cluster.telemetry.config }]

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = local.telemetry_log
        awslogs-region        = local.region
        awslogs-stream-prefix = "collector"
        mode                  = "non-blocking"
      }
    }
  }])
}

locals {
  telemetry_log = "/causeway/${local.name}/telemetry"
}

resource "aws_cloudwatch_log_group" "telemetry" {
  count = local.has_collector

  name              = local.telemetry_log
  retention_in_days = var.ecs_cluster.logs.days
  kms_key_id        = var.ecs_cluster.logs.kms_key_arn
  tags              = var.context.tags
}

resource "aws_iam_role" "telemetry" {
  count = local.has_collector

  name                 = "${local.name}-telemetry"
  description          = "Collector of cluster ${local.name}"
  assume_role_policy   = data.aws_iam_policy_document.task_trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy" "telemetry" {
  for_each = var.ecs_cluster.telemetry == null ? {} : var.ecs_cluster.telemetry.policies

  name   = each.key
  role   = aws_iam_role.telemetry[0].name
  policy = each.value
}

resource "aws_iam_role" "telemetry_execution" {
  count = local.has_collector

  name                 = "${local.name}-telemetry-execution"
  description          = "Starts the collector of cluster ${local.name}"
  assume_role_policy   = data.aws_iam_policy_document.task_trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy" "telemetry_execution" {
  count = local.has_collector

  name   = "start"
  role   = aws_iam_role.telemetry_execution[0].name
  policy = data.aws_iam_policy_document.telemetry_execution[0].json
}

# ECS may act for tasks of this account and region only.
data "aws_iam_policy_document" "task_trust" {
  statement {
    sid     = "TasksOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["${local.arn_prefix}:*"]
    }
  }
}

data "aws_iam_policy_document" "telemetry_execution" {
  count = local.has_collector

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.telemetry[0].arn}:*"]
  }

  dynamic "statement" {
    for_each = local.collector_pulls

    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_security_group" "telemetry" {
  count = local.is_awsvpc ? local.has_collector : 0

  name        = "${local.name}-telemetry"
  description = "Collectors of cluster ${local.name}"
  vpc_id      = var.ecs_cluster.network.vpc.id
  tags        = merge(var.context.tags, { Name = "${local.name}-telemetry" })
}

resource "aws_vpc_security_group_ingress_rule" "telemetry" {
  for_each = length(aws_security_group.telemetry) > 0 ? local.otlp : {}

  security_group_id = aws_security_group.telemetry[0].id
  description       = "OTLP over ${each.key} from within the VPC"
  cidr_ipv4         = var.ecs_cluster.network.vpc.cidr
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  tags              = merge(var.context.tags, { Name = "${local.name}-telemetry" })
}

resource "aws_vpc_security_group_egress_rule" "telemetry" {
  count = length(aws_security_group.telemetry)

  security_group_id = aws_security_group.telemetry[0].id
  description       = "Where telemetry is sent"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  tags              = merge(var.context.tags, { Name = "${local.name}-telemetry" })
}

resource "aws_service_discovery_service" "telemetry" {
  count = local.is_awsvpc ? local.has_collector : 0

  name          = "telemetry"
  description   = "Collectors of cluster ${local.name}"
  force_destroy = true # ECS takes its tasks out a moment after they are gone
  tags          = var.context.tags

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}
