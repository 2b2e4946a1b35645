resource "aws_ecs_task_definition" "this" {
  family                = "ecs-2-unknown"
  container_definitions = jsonencode([{ name = "app", image = terraform_data.later.id, memory = 64 }])
}

resource "terraform_data" "later" {}
