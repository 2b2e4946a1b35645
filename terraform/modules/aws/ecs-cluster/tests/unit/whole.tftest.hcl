# Against a provider, not a mock: policy documents are evaluated and every argument is checked against the genuine schema.

provider "aws" {
  region = "eu-central-1"
}

run "agents_act_in_their_own_cluster_only" {
  command = plan

  variables {
    context = { name = "dev" }
    ecs_cluster = {
      network   = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
      telemetry = { image = "example.com/collector@sha256:0000000000000000000000000000000000000000000000000000000000000001", config = "receivers: { otlp: {} }" }
    }
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.instance.policy).Statement : statement.Resource if statement.Sid == "Cluster"]) == "arn:aws:ecs:eu-central-1:${data.aws_caller_identity.this.account_id}:cluster/dev"
    error_message = "The agent may do ${aws_iam_role_policy.instance.policy}."
  }

  assert {
    condition     = startswith(aws_launch_template.this.image_id, "ami-")
    error_message = "Instances start ${aws_launch_template.this.image_id}."
  }

  assert {
    condition     = can(jsondecode(aws_ecs_task_definition.telemetry[0].container_definitions))
    error_message = "A plan does not show what the collector will be."
  }
}
