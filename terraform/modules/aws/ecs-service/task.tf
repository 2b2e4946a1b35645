locals {
  # What each of the platform's services reads. A setting of the same name wins.
  told = merge(
    {
      AWS_REGION               = local.region
      OTEL_SERVICE_NAME        = local.name
      SHUTDOWN_DRAIN_SECONDS   = tostring(var.ecs_service.shutdown.drain)
      SHUTDOWN_TIMEOUT_SECONDS = tostring(var.ecs_service.shutdown.timeout)
    },
    var.ecs_service.cluster.telemetry == null ? {} : {
      OTEL_EXPORTER_OTLP_ENDPOINT = var.ecs_service.cluster.telemetry.http
      OTEL_EXPORTER_OTLP_PROTOCOL = "http/protobuf"
    },
  )

  environment = { for name, value in merge(local.told, var.ecs_service.environment) : name => value if !contains(keys(var.ecs_service.secrets), name) }

  # Nothing in it comes from a resource of this module, so that a plan shows what will run.
  container = {
    name                   = var.ecs_service.name
    image                  = var.ecs_service.image
    command                = var.ecs_service.command
    essential              = true
    cpu                    = var.ecs_service.cpu
    memory                 = var.ecs_service.memory
    user                   = var.ecs_service.user
    privileged             = false
    readonlyRootFilesystem = true
    dockerSecurityOptions  = ["no-new-privileges"]
    environment            = [for name, value in local.environment : { name = name, value = value }]
    secrets                = [for name, arn in var.ecs_service.secrets : { name = name, valueFrom = arn }]

    # Five seconds more than the program allows itself, as the chart's grace period has.
    stopTimeout = var.ecs_service.shutdown.timeout + 5

    # In bridge mode each task gets a free port of its instance.
    portMappings = [for port in var.ecs_service.port[*] : {
      name          = "main"
      containerPort = port
      hostPort      = local.is_awsvpc ? port : 0
      protocol      = "tcp"
      appProtocol   = var.ecs_service.protocol
    }]

    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { add = [], drop = ["ALL"] }
      tmpfs              = [for path, size in var.ecs_service.scratch : { containerPath = path, size = size, mountOptions = ["noexec", "nosuid", "nodev"] }]
    }

    mountPoints = [for name, path in var.ecs_service.volumes : { sourceVolume = name, containerPath = path, readOnly = false }]
    volumesFrom = []

    logConfiguration = {
      logDriver = local.log_driver.logDriver
      options   = merge(local.log_driver.options, { awslogs-stream-prefix = "task" })
    }

    healthCheck = var.ecs_service.health.command == null ? null : {
      command     = var.ecs_service.health.command
      interval    = 10
      timeout     = 5
      retries     = 3
      startPeriod = var.ecs_service.health.start_seconds
    }
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.name
  network_mode             = var.ecs_service.cluster.networking
  requires_compatibilities = ["EC2"]
  task_role_arn            = var.ecs_service.role == null ? aws_iam_role.task[0].arn : var.ecs_service.role.arn
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions    = jsonencode([{ for name, value in local.container : name => value if value != null }])
  tags                     = var.context.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = upper(var.ecs_service.cluster.architecture)
  }

  # Docker makes it with the owner that the image's folder has, so that a user who is not root can write to it.
  dynamic "volume" {
    for_each = var.ecs_service.volumes

    content {
      name = volume.key

      docker_volume_configuration {
        scope  = "task"
        driver = "local"
      }
    }
  }
}
