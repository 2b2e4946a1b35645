# An environment whose facts the free tier does not pay. The test writes it: shore, and freeTier.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "unpaid"
}

run "foundation" {
  command = apply

  module {
    source = "../foundation"
  }
}

run "what_the_free_tier_does_not_pay_is_refused" {
  command         = plan
  expect_failures = [output.ecs_cluster]
}
