output "dns_and_certificate" {
  description = "The domain, to be passed on whole: its name, the zone that holds its records (id, ARN, name, name servers), and the ARN of the certificate. Users wait until the certificate is issued."
  value = {
    domain          = local.domain
    zone            = local.zone
    certificate_arn = aws_acm_certificate_validation.this.certificate_arn
  }
}
