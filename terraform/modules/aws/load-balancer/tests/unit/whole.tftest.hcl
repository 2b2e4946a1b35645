# Against a provider, not a mock: policy documents are evaluated and every argument is checked against the genuine schema.

provider "aws" {
  region = "eu-central-1"
}

run "only_load_balancers_of_this_account_write_and_only_by_tls" {
  command = plan

  variables {
    context = { name = "dev" }
    load_balancer = {
      network = {
        vpc     = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }
        subnets = { public = { a = { id = "subnet-0a1b2c3d4e5f60718" }, b = { id = "subnet-0f1e2d3c4b5a69788" } } }
      }
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
      from            = { cidrs = ["0.0.0.0/0"] }
    }
  }

  assert {
    condition     = { for statement in data.aws_iam_policy_document.logs.statement : statement.sid => one(statement.principals).identifiers } == { LoadBalancersOfThisAccount = toset(["logdelivery.elasticloadbalancing.amazonaws.com"]), TlsOnly = toset(["*"]) }
    error_message = "The bucket's policy is ${jsonencode(data.aws_iam_policy_document.logs.statement)}."
  }

  assert {
    condition     = aws_s3_bucket.logs.bucket == "dev-edge-logs-${data.aws_caller_identity.this.account_id}"
    error_message = "The bucket is called ${aws_s3_bucket.logs.bucket}."
  }
}
