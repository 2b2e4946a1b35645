resource "aws_ecs_task_definition" "this" {
  family = "ecs-1-pass"

  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}
