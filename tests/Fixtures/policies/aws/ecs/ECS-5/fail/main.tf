resource "aws_ecs_service" "half" {
  name                               = "ecs-5-fail-half"
  cluster                            = "arn:aws:ecs:eu-central-1:111122223333:cluster/a"
  task_definition                    = "a:1"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

resource "aws_ecs_service" "forward" {
  name                               = "ecs-5-fail-forward"
  cluster                            = "arn:aws:ecs:eu-central-1:111122223333:cluster/a"
  task_definition                    = "a:1"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }
}

resource "aws_ecs_service" "silent" {
  name            = "ecs-5-fail-silent"
  cluster         = "arn:aws:ecs:eu-central-1:111122223333:cluster/a"
  task_definition = "a:1"
  desired_count   = 2
}
