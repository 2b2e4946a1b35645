resource "aws_ecs_task_definition" "this" {
  family = "ecs-4-pass"

  container_definitions = jsonencode([
    {
      name        = "app"
      image       = "example/app:1"
      memory      = 64
      environment = [{ name = "REGION", value = "a" }]
      secrets     = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf" }]
    }
  ])
}
