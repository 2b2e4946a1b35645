# A plan against a provider, not a mock: every argument is checked against the genuine schema.

provider "aws" {
  region = "eu-central-1"
}

run "all_of_it_is_applied" {
  command = apply

  variables {
    context             = { name = "dev" }
    dns_and_certificate = { domain = "dev.example.com", authorities = ["amazon.com", "letsencrypt.org"] }
  }

  assert {
    condition     = startswith(output.dns_and_certificate.certificate_arn, "arn:aws:acm:eu-central-1:") && output.dns_and_certificate.zone.name == "dev.example.com"
    error_message = "The output is ${jsonencode(output.dns_and_certificate)}."
  }

  assert {
    condition     = endswith(aws_route53_record.proof.name, ".dev.example.com")
    error_message = "The proof is ${aws_route53_record.proof.name}."
  }
}
