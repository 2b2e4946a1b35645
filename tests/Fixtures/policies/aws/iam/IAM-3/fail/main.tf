resource "aws_iam_policy" "any_role" {
  name = "iam-3-fail-any-role"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "arn:aws:iam::111122223333:role/*"
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    }]
  })
}

resource "aws_iam_policy" "any_service" {
  name = "iam-3-fail-any-service"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/dev-a" }]
  })
}

# The condition holds for every service.
resource "aws_iam_policy" "every_service" {
  name = "iam-3-fail-every-service"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "arn:aws:iam::111122223333:role/dev-a"
      Condition = { StringLike = { "iam:PassedToService" = "*" } }
    }]
  })
}
