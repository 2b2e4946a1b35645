# The same for an environment whose runtime is ecs.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "shore"
}

run "foundation" {
  command = apply

  module {
    source = "../foundation"
  }
}

run "a_cluster_of_instances_has_a_load_balancer_for_every_host" {
  command = plan

  assert {
    condition     = length(module.ecs_cluster) == 1 && length(module.load_balancer) == 1 && length(module.eks_cluster) == 0
    error_message = "The environment's runtime is ecs, and the stack plans ${length(module.eks_cluster)} clusters of Kubernetes."
  }

  assert {
    condition     = aws_route53_record.hosts[0].name == "*.shore.example.com"
    error_message = "The hosts are ${aws_route53_record.hosts[0].name}."
  }
}
