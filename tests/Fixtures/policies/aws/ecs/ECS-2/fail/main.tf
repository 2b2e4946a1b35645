resource "aws_ecs_task_definition" "written" {
  family = "ecs-2-fail-written"

  container_definitions = jsonencode([
    {
      name                   = "app"
      image                  = "example/app:1"
      memory                 = 64
      readonlyRootFilesystem = false
    }
  ])
}

resource "aws_ecs_task_definition" "silent" {
  family = "ecs-2-fail-silent"

  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}
