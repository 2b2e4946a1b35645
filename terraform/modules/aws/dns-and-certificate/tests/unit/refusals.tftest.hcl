# One run for each validation of variables.tf and each postcondition of zone.tf, and for each way to break it that is a case of its own.

mock_provider "aws" {
  mock_data "aws_route53_zone" {
    defaults = { zone_id = "Z0123456789ABCDEFGHIJ", name = "example.com", name_servers = ["ns-1.awsdns-1.org"] }
  }
}

variables {
  context             = { name = "dev" }
  dns_and_certificate = { domain = "dev.example.com" }
}

run "a_name_of_capitals_is_refused" {
  command         = plan
  expect_failures = [var.context]

  variables {
    context = { name = "Dev" }
  }
}

run "a_wildcard_is_refused" {
  command         = plan
  expect_failures = [var.dns_and_certificate]

  variables {
    dns_and_certificate = { domain = "*.dev.example.com" }
  }
}

run "a_dot_at_the_end_is_refused" {
  command         = plan
  expect_failures = [var.dns_and_certificate]

  variables {
    dns_and_certificate = { domain = "dev.example.com." }
  }
}

run "a_domain_longer_than_a_certificate_takes_is_refused" {
  command         = plan
  expect_failures = [var.dns_and_certificate]

  variables {
    dns_and_certificate = { domain = "a-name-of-an-environment-that-is-far-too-long.of-a-team.example.com" }
  }
}

run "an_existing_zone_with_a_parent_is_refused" {
  command         = plan
  expect_failures = [var.dns_and_certificate]

  variables {
    dns_and_certificate = { domain = "dev.example.com", existing = { zone_id = "Z01" }, parent = { zone_id = "Z02" } }
  }
}

run "a_zone_by_its_name_is_refused" {
  command         = plan
  expect_failures = [var.dns_and_certificate]

  variables {
    dns_and_certificate = { domain = "dev.example.com", parent = { zone_id = "example.com" } }
  }
}

run "an_authority_by_its_brand_is_refused" {
  command         = plan
  expect_failures = [var.dns_and_certificate]

  variables {
    dns_and_certificate = { domain = "dev.example.com", authorities = ["amazon.com", "Let's Encrypt"] }
  }
}

run "authorities_without_amazon_are_refused" {
  command         = plan
  expect_failures = [var.dns_and_certificate]

  variables {
    dns_and_certificate = { domain = "dev.example.com", authorities = ["letsencrypt.org"] }
  }
}

run "an_existing_zone_of_another_domain_is_refused" {
  command         = plan
  expect_failures = [data.aws_route53_zone.existing]

  variables {
    dns_and_certificate = { domain = "dev.another-example.com", existing = { zone_id = "Z0123456789ABCDEFGHIJ" } }
  }
}

run "the_domains_own_zone_as_its_parent_is_refused" {
  command         = plan
  expect_failures = [data.aws_route53_zone.parent]

  variables {
    dns_and_certificate = { domain = "example.com", parent = { zone_id = "Z0123456789ABCDEFGHIJ" } }
  }
}
