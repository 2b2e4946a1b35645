resource "aws_ecs_task_definition" "this" {
  family             = "ecs-3-unknown"
  task_role_arn      = terraform_data.later.id
  execution_role_arn = aws_iam_role.execution.arn
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}

resource "aws_iam_role" "execution" {
  name = "ecs-3-unknown"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "terraform_data" "later" {}

# One of two roles, of which one is the other.
resource "aws_ecs_task_definition" "either" {
  family             = "ecs-3-unknown-either"
  task_role_arn      = length(aws_iam_role.task.arn) > 3 ? aws_iam_role.task.arn : aws_iam_role.execution.arn
  execution_role_arn = aws_iam_role.execution.arn
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}

resource "aws_iam_role" "task" {
  name = "ecs-3-unknown-task"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
