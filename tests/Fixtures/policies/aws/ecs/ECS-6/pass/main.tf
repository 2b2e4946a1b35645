resource "aws_ecs_task_definition" "this" {
  family = "ecs-6-pass"

  container_definitions = jsonencode([{
    name        = "app"
    image       = "example.com/app@sha256:0"
    memory      = 128
    stopTimeout = 30
  }])
}

resource "aws_ecs_task_definition" "quick" {
  family = "ecs-6-pass-quick"

  container_definitions = jsonencode([{
    name        = "app"
    image       = "example.com/app@sha256:0"
    memory      = 128
    stopTimeout = 15
    environment = [{ name = "SHUTDOWN_TIMEOUT_SECONDS", value = "10" }]
  }])
}
