# What follows from the variables alone: nothing here needs a cloud.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

variables {
  context = { name = "unit" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 } }
}

run "tiers_share_the_addresses_and_leave_an_eighth_free" {
  command = plan

  assert {
    condition = { for key, subnet in aws_subnet.this : key => subnet.cidr_block } == {
      private-a = "10.20.0.0/19"
      private-b = "10.20.32.0/19"
      data-a    = "10.20.128.0/20"
      data-b    = "10.20.144.0/20"
      public-a  = "10.20.192.0/21"
      public-b  = "10.20.200.0/21"
    }
    error_message = "The subnets are ${jsonencode({ for key, subnet in aws_subnet.this : key => subnet.cidr_block })}."
  }

  assert {
    condition     = { for zone, subnet in output.network.subnets.public : zone => subnet.cidr } == { a = "10.20.192.0/21", b = "10.20.200.0/21" }
    error_message = "The output has the public subnets as ${jsonencode(output.network.subnets.public)}."
  }
}

run "a_zone_that_leaves_moves_no_other" {
  command = plan

  variables {
    network = { cidr = "10.20.0.0/16", zones = { b = 1, d = 3 } }
  }

  assert {
    condition = { for key, subnet in aws_subnet.this : key => subnet.cidr_block if endswith(key, "-b") } == {
      private-b = "10.20.32.0/19"
      data-b    = "10.20.144.0/20"
      public-b  = "10.20.200.0/21"
    }
    error_message = "Zone b has other addresses than beside zone a."
  }

  assert {
    condition     = aws_subnet.this["data-d"].availability_zone == "eu-central-1d"
    error_message = "Zone d is ${aws_subnet.this["data-d"].availability_zone}."
  }
}

run "the_smallest_network_has_room_for_load_balancers" {
  command = plan

  variables {
    network = { cidr = "10.20.4.0/22", zones = { a = 0, b = 3 } }
  }

  assert {
    condition     = aws_subnet.this["public-b"].cidr_block == "10.20.7.96/27"
    error_message = "A load balancer needs a /27; public-b is ${aws_subnet.this["public-b"].cidr_block}."
  }
}

run "no_subnet_gives_public_addresses_away" {
  command = plan

  assert {
    condition     = alltrue([for subnet in aws_subnet.this : !subnet.map_public_ip_on_launch])
    error_message = "A subnet gives public addresses to whatever starts in it."
  }
}

run "the_default_security_group_has_no_rule" {
  command = apply

  assert {
    condition     = length(aws_default_security_group.this) == 1
    error_message = "The default security group is left as AWS made it, open within itself."
  }
}

run "kubernetes_finds_its_subnets_where_that_is_asked_for" {
  command = plan

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 0 }, kubernetes = true }
  }

  assert {
    condition     = aws_subnet.this["public-a"].tags["kubernetes.io/role/elb"] == "1" && aws_subnet.this["private-a"].tags["kubernetes.io/role/internal-elb"] == "1"
    error_message = "Public and private subnets lack the tags that Kubernetes' load balancers go by."
  }

  assert {
    condition     = toset(keys(aws_subnet.this["data-a"].tags)) == toset(["Name"])
    error_message = "No load balancer belongs into a data subnet, which has the tags ${jsonencode(aws_subnet.this["data-a"].tags)}."
  }
}

run "tags_of_the_context_are_on_everything_and_names_are_kept" {
  command = plan

  variables {
    context = { name = "unit", tags = { owner = "platform-team", Name = "ignored" } }
  }

  assert {
    condition     = aws_vpc.this[0].tags == tomap({ owner = "platform-team", Name = "unit" })
    error_message = "The VPC's tags are ${jsonencode(aws_vpc.this[0].tags)}."
  }
}
