resource "aws_ecs_task_definition" "made" {
  family             = "ecs-3-pass-made"
  task_role_arn      = aws_iam_role.task.arn
  execution_role_arn = aws_iam_role.execution.arn
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}

resource "aws_ecs_task_definition" "known" {
  family             = "ecs-3-pass-known"
  task_role_arn      = "arn:aws:iam::111122223333:role/task"
  execution_role_arn = aws_iam_role.execution.arn
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}

resource "aws_ecs_task_definition" "without" {
  family             = "ecs-3-pass-without"
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
  name = "ecs-3-pass-task"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "execution" {
  name = "ecs-3-pass-execution"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

# One of two roles, and neither is the other.
resource "aws_ecs_task_definition" "either" {
  family             = "ecs-3-pass-either"
  task_role_arn      = length(aws_iam_role.task.arn) > 3 ? aws_iam_role.task.arn : aws_iam_role.second.arn
  execution_role_arn = aws_iam_role.execution.arn
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}

resource "aws_iam_role" "second" {
  name = "ecs-3-pass-second"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
