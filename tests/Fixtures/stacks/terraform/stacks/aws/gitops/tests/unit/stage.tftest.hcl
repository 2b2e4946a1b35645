# What Argo CD is told of an environment. The stacks foundation and cluster are applied first: what is looked up is there.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "stage"
}

run "foundation" {
  command = apply

  module {
    source = "../foundation"
  }
}

run "cluster" {
  command = apply

  module {
    source = "../cluster"
  }
}

run "the_cluster_is_reached_as_its_administrator_without_a_credential" {
  command = plan

  assert {
    condition     = local.cluster.endpoint == run.cluster.eks_cluster.endpoint && local.cluster.certificate == base64decode(run.cluster.eks_cluster.certificate_authority)
    error_message = "The cluster is asked at ${local.cluster.endpoint}, and is at ${run.cluster.eks_cluster.endpoint}."
  }

  assert {
    condition     = reverse(local.cluster.login.args)[0] == "arn:aws:iam::999988887777:role/stage-cluster-administrator"
    error_message = "The login is ${jsonencode(local.cluster.login)}."
  }
}

run "generators_can_choose_the_cluster_and_read_its_facts" {
  command = apply

  assert {
    condition     = output.argocd.cluster == { name = "stage", secret = "stage-cluster" }
    error_message = "Argo CD is ${jsonencode(output.argocd)}."
  }
}

run "an_environment_of_another_kind_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "local"
  }
}
