resource "aws_ecs_service" "this" {
  name                               = "ecs-5-unknown"
  cluster                            = "arn:aws:ecs:eu-central-1:111122223333:cluster/a"
  task_definition                    = "a:1"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = terraform_data.later.id == "on"
  }
}

resource "terraform_data" "later" {}
