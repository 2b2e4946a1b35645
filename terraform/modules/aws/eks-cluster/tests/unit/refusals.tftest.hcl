# One run for each validation of variables.tf that keeps from a risk.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  context = { name = "dev" }
  eks_cluster = {
    subnets     = ["subnet-0a", "subnet-0b"]
    keys        = { data = "arn:aws:kms:eu-central-1:111122223333:key/data", logs = "arn:aws:kms:eu-central-1:111122223333:key/logs" }
    access      = { platform = { role = "arn:aws:iam::111122223333:role/platform", may = "administer-cluster" } }
    node_groups = { general = { instances = ["m7i.large"], size = { min = 2, max = 4 } } }
  }
}

run "a_cluster_in_one_subnet_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { subnets = ["subnet-0a"] })
  }
}

run "a_cluster_without_an_administrator_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { access = { support = { role = "arn:aws:iam::111122223333:role/support", may = "view" } } })
  }
}

run "a_pattern_of_roles_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { access = merge(var.eks_cluster.access, { all = { role = "arn:aws:iam::111122223333:role/*", may = "administer-cluster" } }) })
  }
}

run "a_group_of_the_systems_own_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { access = merge(var.eks_cluster.access, { masters = { role = "arn:aws:iam::111122223333:role/masters", groups = ["system:masters"] } }) })
  }
}

run "the_whole_internet_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { public_from = ["0.0.0.0/0"] })
  }
}

run "an_alias_in_place_of_a_key_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { keys = { data = "alias/dev-data", logs = "alias/dev-logs" } })
  }
}

run "instances_of_another_architecture_than_the_images_are_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { node_groups = { general = { instances = ["m7g.large"], size = { min = 2, max = 4 } } } })
  }
}

run "a_cluster_without_nodes_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { node_groups = {} })
  }
}

run "network_policies_that_are_switched_off_are_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { addons = { vpc-cni = { settings = jsonencode({ enableNetworkPolicy = "false" }) } } })
  }
}

run "a_patch_in_place_of_a_minor_version_is_refused" {
  command         = plan
  expect_failures = [var.eks_cluster]

  variables {
    eks_cluster = merge(var.eks_cluster, { version = "1.35.2" })
  }
}
