resource "aws_ecs_task_definition" "this" {
  family = "ecs-6-unknown"

  container_definitions = jsonencode([{
    name        = terraform_data.later.id
    image       = "example.com/app@sha256:0"
    memory      = 128
    stopTimeout = 30
  }])
}

resource "terraform_data" "later" {}
