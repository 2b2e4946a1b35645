resource "aws_ecs_task_definition" "privileged" {
  family = "ecs-1-fail-privileged"

  container_definitions = jsonencode([
    {
      name       = "app"
      image      = "example/app:1"
      memory     = 64
      privileged = true
    }
  ])
}

resource "aws_ecs_task_definition" "host" {
  family   = "ecs-1-fail-host"
  pid_mode = "host"
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}
