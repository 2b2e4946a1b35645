# An environment whose instances have no way out. The test writes it: shore, without interfaces.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "cut-off"
}

run "foundation" {
  command = apply

  module {
    source = "../foundation"
  }
}

run "an_environment_without_a_way_out_is_refused" {
  command         = plan
  expect_failures = [output.ecs_cluster]
}
