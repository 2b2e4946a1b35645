resource "aws_ecs_task_definition" "this" {
  family = "ecs-4-fail"

  container_definitions = jsonencode([
    {
      name        = "app"
      image       = "example/app:1"
      memory      = 64
      environment = [{ name = "DB_PASSWORD", value = "a" }]
    }
  ])
}
