# What a description becomes. Nothing here needs a cloud.

mock_provider "aws" {
  mock_data "aws_route53_zone" {
    defaults = { zone_id = "Z0123456789ABCDEFGHIJ", name = "example.com.", name_servers = ["ns-1.awsdns-1.org"] }
  }

  mock_resource "aws_route53_zone" {
    defaults = { zone_id = "Z9876543210ABCDEFGHIJ", name_servers = ["ns-2.awsdns-2.com", "ns-3.awsdns-3.net"] }
  }

  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
      domain_validation_options = [
        { domain_name = "dev.example.com", resource_record_name = "_a1.dev.example.com.", resource_record_type = "CNAME", resource_record_value = "_b2.acm-validations.aws." },
        { domain_name = "*.dev.example.com", resource_record_name = "_a1.dev.example.com.", resource_record_type = "CNAME", resource_record_value = "_b2.acm-validations.aws." },
      ]
    }
  }
}

variables {
  context             = { name = "dev", tags = { owner = "platform-team" } }
  dns_and_certificate = { domain = "dev.example.com" }
}

run "what_is_not_said_is_safe" {
  command = plan

  assert {
    condition     = !aws_route53_zone.this[0].force_destroy
    error_message = "A zone with defaults can be deleted with records in it that were made elsewhere."
  }

  assert {
    condition     = aws_route53_record.authorities[0].records == toset(["0 issue \"amazon.com\"", "0 issuewild \"amazon.com\""])
    error_message = "Certificates may be issued by ${jsonencode(aws_route53_record.authorities[0].records)}."
  }

  assert {
    condition     = length(aws_route53_record.delegation) == 0
    error_message = "The domain is handed to its zone although no parent was named."
  }
}

run "the_certificate_is_for_the_domain_and_every_name_below_it" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this.domain_name == "dev.example.com" && aws_acm_certificate.this.subject_alternative_names == toset(["*.dev.example.com"]) && aws_acm_certificate.this.validation_method == "DNS"
    error_message = "The certificate is for ${aws_acm_certificate.this.domain_name} and ${jsonencode(aws_acm_certificate.this.subject_alternative_names)}."
  }
}

run "one_record_in_the_zone_proves_both_names" {
  command = apply

  assert {
    condition     = aws_route53_record.proof.zone_id == "Z9876543210ABCDEFGHIJ" && aws_route53_record.proof.name == "_a1.dev.example.com" && aws_route53_record.proof.records == toset(["_b2.acm-validations.aws."])
    error_message = "The proof is ${aws_route53_record.proof.name} in ${aws_route53_record.proof.zone_id}."
  }

  assert {
    condition     = output.dns_and_certificate.certificate_arn == aws_acm_certificate.this.arn && output.dns_and_certificate.zone.id == "Z9876543210ABCDEFGHIJ"
    error_message = "The output is ${jsonencode(output.dns_and_certificate)}."
  }
}

run "the_parent_names_the_zones_servers" {
  command = apply

  variables {
    dns_and_certificate = { domain = "dev.example.com", parent = { zone_id = "Z0123456789ABCDEFGHIJ" }, protected = false }
  }

  assert {
    condition     = aws_route53_record.delegation[0].zone_id == "Z0123456789ABCDEFGHIJ" && aws_route53_record.delegation[0].name == "dev.example.com" && aws_route53_record.delegation[0].records == toset(["ns-2.awsdns-2.com", "ns-3.awsdns-3.net"])
    error_message = "The delegation is ${jsonencode(aws_route53_record.delegation[0].records)}."
  }

  assert {
    condition     = aws_route53_zone.this[0].force_destroy
    error_message = "A zone that is not protected cannot be deleted with what is in it."
  }
}

run "in_a_zone_that_is_there_only_the_domains_records_are_made" {
  command = plan

  variables {
    dns_and_certificate = { domain = "dev.example.com", existing = { zone_id = "Z0123456789ABCDEFGHIJ" }, authorities = [] }
  }

  assert {
    condition     = length(aws_route53_zone.this) + length(aws_route53_record.authorities) + length(aws_route53_record.delegation) == 0
    error_message = "The module made something that is the zone's owner's."
  }

  assert {
    condition     = aws_route53_record.proof.zone_id == "Z0123456789ABCDEFGHIJ" && output.dns_and_certificate.zone.name == "example.com"
    error_message = "The records are made in ${jsonencode(output.dns_and_certificate.zone)}."
  }
}
