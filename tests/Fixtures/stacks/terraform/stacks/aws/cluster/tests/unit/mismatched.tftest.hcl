# An environment whose instances have another architecture than its images. The test writes it: shore, and x86_64.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "mismatched"
}

run "foundation" {
  command = apply

  module {
    source = "../foundation"
  }
}

run "another_architecture_is_refused" {
  command         = plan
  expect_failures = [output.ecs_cluster]
}
