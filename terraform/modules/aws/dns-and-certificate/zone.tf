locals {
  domain = var.dns_and_certificate.domain
  is_new = var.dns_and_certificate.existing == null
  zone = {
    id   = one(concat(aws_route53_zone.this[*].zone_id, data.aws_route53_zone.existing[*].zone_id))
    arn  = one(concat(aws_route53_zone.this[*].arn, data.aws_route53_zone.existing[*].arn))
    name = trimsuffix(one(concat(aws_route53_zone.this[*].name, data.aws_route53_zone.existing[*].name)), ".")

    # What the domain above must name in its NS record.
    name_servers = one(concat(aws_route53_zone.this[*].name_servers, data.aws_route53_zone.existing[*].name_servers))
  }
}

resource "aws_route53_zone" "this" {
  count = local.is_new ? 1 : 0

  name          = local.domain
  comment       = "Names of ${var.context.name}"
  force_destroy = !var.dns_and_certificate.protected
  tags          = merge(var.context.tags, { Name = var.context.name })
}

# A zone that is already there: looked up, and only this domain's records are made in it.
data "aws_route53_zone" "existing" {
  count = local.is_new ? 0 : 1

  zone_id = var.dns_and_certificate.existing.zone_id

  lifecycle {
    postcondition {
      condition     = local.domain == trimsuffix(self.name, ".") || endswith(local.domain, ".${trimsuffix(self.name, ".")}")
      error_message = "dns_and_certificate.existing is ${self.zone_id}, the zone of ${self.name}, and the domain is ${local.domain}; name the zone of ${local.domain} or of a domain above it."
    }
  }
}

data "aws_route53_zone" "parent" {
  count = var.dns_and_certificate.parent == null ? 0 : 1

  zone_id = var.dns_and_certificate.parent.zone_id

  lifecycle {
    postcondition {
      condition     = endswith(local.domain, ".${trimsuffix(self.name, ".")}")
      error_message = "dns_and_certificate.parent is ${self.zone_id}, the zone of ${self.name}, and the domain is ${local.domain}; name the zone of a domain above ${local.domain}."
    }
  }
}

resource "aws_route53_record" "delegation" {
  count = var.dns_and_certificate.parent == null ? 0 : 1

  zone_id = data.aws_route53_zone.parent[0].zone_id
  name    = local.domain
  type    = "NS"
  ttl     = 3600
  records = local.zone.name_servers
}

# All other authorities refuse to issue a certificate for a name here.
resource "aws_route53_record" "authorities" {
  count = length(var.dns_and_certificate.authorities) > 0 ? 1 : 0

  zone_id = local.zone.id
  name    = local.domain
  type    = "CAA"
  ttl     = 3600
  records = flatten([for authority in var.dns_and_certificate.authorities : ["0 issue \"${authority}\"", "0 issuewild \"${authority}\""]])
}
