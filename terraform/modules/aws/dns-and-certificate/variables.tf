variable "context" {
  description = "Whose names they are: `name` is in the zone's comment and in tags, `tags` are put on the zone and the certificate."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes: respell it."
  }
}

variable "dns_and_certificate" {
  description = <<-TEXT
    The domain:
    - `domain`: its name, such as `dev.example.com`. The certificate is for it and for every name directly below it (`*.dev.example.com`).
    - `existing`: the zone in which the domain's records are made, where it is there already: `zone_id` is the id of a public zone of the domain itself or of
      a domain above it. Null: a zone of its own.
    - `parent`: where the domain is handed to its own zone: `zone_id` is the id of the zone of a domain above it, in the same account. Null: where the domain above
      is kept, its owner makes the NS record, and the first apply waits for that (see the README).
    - `authorities`: who may issue certificates for the domain and all names below it, as certificate authorities write their names in CAA records. Amazon
      must be among them. Empty: no CAA record is made.
    - `protected`: whether deleting a zone of its own is refused while it holds records that were made elsewhere.
  TEXT
  type = object({
    domain      = string
    existing    = optional(object({ zone_id = string }))
    parent      = optional(object({ zone_id = string }))
    authorities = optional(set(string), ["amazon.com"])
    protected   = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])$", var.dns_and_certificate.domain))
    error_message = "dns_and_certificate.domain is ${jsonencode(var.dns_and_certificate.domain)}; it takes a domain in lower case, without a wildcard and without a dot at the end: dev.example.com."
  }

  validation {
    condition     = length(var.dns_and_certificate.domain) <= 64
    error_message = "dns_and_certificate.domain has ${length(var.dns_and_certificate.domain)} characters; a certificate's first name takes 64 at most: shorten it."
  }

  validation {
    condition     = var.dns_and_certificate.existing == null || var.dns_and_certificate.parent == null
    error_message = "dns_and_certificate has an existing zone and a parent; a zone that is there is handed the domain already: leave parent out, or existing for a zone of its own."
  }

  validation {
    condition = alltrue([
      for zone in [var.dns_and_certificate.existing, var.dns_and_certificate.parent] : zone == null || can(regex("^Z[A-Z0-9]+$", zone.zone_id))
    ])
    error_message = "dns_and_certificate has the zones ${jsonencode([for zone in [var.dns_and_certificate.existing, var.dns_and_certificate.parent] : zone.zone_id if zone != null])}; zone_id takes the id of a hosted zone, Z and capitals, not its name."
  }

  validation {
    condition     = alltrue([for authority in var.dns_and_certificate.authorities : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])+[a-z]{2,}$", authority))])
    error_message = "dns_and_certificate.authorities has ${join(", ", var.dns_and_certificate.authorities)}; an authority is known by its domain: amazon.com, letsencrypt.org."
  }

  validation {
    condition = length(var.dns_and_certificate.authorities) == 0 || length(setintersection(
      var.dns_and_certificate.authorities, ["amazon.com", "amazonaws.com", "amazontrust.com", "awstrust.com"]
    )) > 0
    error_message = "dns_and_certificate.authorities has ${join(", ", var.dns_and_certificate.authorities)}, which keeps Amazon from issuing the certificate; add amazon.com."
  }
}
