resource "aws_acm_certificate" "this" {
  domain_name               = local.domain
  subject_alternative_names = ["*.${local.domain}"]
  validation_method         = "DNS"
  tags                      = merge(var.context.tags, { Name = var.context.name })

  # Listeners keep the old one until the new one is valid.
  lifecycle {
    create_before_destroy = true
  }
}

# The domain and its wildcard are proved by one and the same record. It stays: ACM looks for it at every renewal.
locals {
  proof = tolist(aws_acm_certificate.this.domain_validation_options)[0]
}

resource "aws_route53_record" "proof" {
  zone_id = local.zone.id
  name    = trimsuffix(local.proof.resource_record_name, ".")
  type    = local.proof.resource_record_type
  ttl     = 300
  records = [local.proof.resource_record_value]

  # ACM issues as soon as it sees the proof, and only where a CAA record lets it.
  depends_on = [aws_route53_record.authorities]
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [aws_route53_record.proof.fqdn]

  # Without it the proof cannot be seen from outside.
  depends_on = [aws_route53_record.delegation]
}
