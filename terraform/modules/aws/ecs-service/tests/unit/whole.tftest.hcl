# Against a provider, not a mock: policy documents are evaluated and every argument is checked against the genuine schema.

provider "aws" {
  region = "eu-central-1"
}

run "ecs_may_read_the_secrets_that_were_named_and_no_others" {
  command = plan

  variables {
    context = { name = "dev-shop" }
    ecs_service = {
      name  = "quotes"
      image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/quotes:1@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      secrets = { DATABASE_PASSWORD = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:dev/shop/database-AbCdEf:password::", API_KEY = "arn:aws:ssm:eu-central-1:111122223333:parameter/dev/shop/key" }
    }
  }

  assert {
    condition = { for statement in data.aws_iam_policy_document.execution.statement : statement.sid => statement.resources if statement.sid != "Log" } == {
      Pull       = toset(["arn:aws:ecr:eu-central-1:111122223333:repository/shop/quotes"])
      SignIn     = toset(["*"])
      Secrets    = toset(["arn:aws:secretsmanager:eu-central-1:111122223333:secret:dev/shop/database-AbCdEf"])
      Parameters = toset(["arn:aws:ssm:eu-central-1:111122223333:parameter/dev/shop/key"])
    }
    error_message = "ECS may do ${jsonencode(data.aws_iam_policy_document.execution.statement)}."
  }

  assert {
    condition     = toset([for secret in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets : secret.name]) == toset(["API_KEY", "DATABASE_PASSWORD"])
    error_message = "A plan does not show what will run."
  }
}
