resource "aws_ecs_task_definition" "silent" {
  family = "ecs-6-fail-silent"

  container_definitions = jsonencode([{
    name   = "app"
    image  = "example.com/app@sha256:0"
    memory = 128
  }])
}

resource "aws_ecs_task_definition" "short" {
  family = "ecs-6-fail-short"

  container_definitions = jsonencode([{
    name        = "app"
    image       = "example.com/app@sha256:0"
    memory      = 128
    stopTimeout = 29
  }])
}

resource "aws_ecs_task_definition" "slow" {
  family = "ecs-6-fail-slow"

  container_definitions = jsonencode([
    {
      name        = "quick"
      image       = "example.com/app@sha256:0"
      memory      = 128
      stopTimeout = 30
    },
    {
      name        = "slow"
      image       = "example.com/app@sha256:0"
      memory      = 128
      stopTimeout = 64
      environment = [{ name = "SHUTDOWN_TIMEOUT_SECONDS", value = "60" }]
    },
  ])
}
