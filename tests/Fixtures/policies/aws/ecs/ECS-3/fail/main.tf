resource "aws_ecs_task_definition" "made" {
  family             = "ecs-3-fail-made"
  task_role_arn      = aws_iam_role.one.arn
  execution_role_arn = aws_iam_role.one.arn
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}

resource "aws_ecs_task_definition" "known" {
  family             = "ecs-3-fail-known"
  task_role_arn      = "arn:aws:iam::111122223333:role/one"
  execution_role_arn = "arn:aws:iam::111122223333:role/one"
  container_definitions = jsonencode([
    {
      name   = "app"
      image  = "example/app:1"
      memory = 64

    }
  ])
}

resource "aws_iam_role" "one" {
  name = "ecs-3-fail"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
