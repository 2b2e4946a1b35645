variable "context" {
  description = "Whose network it is: `name` is the name of the VPC and the first part of every other name, `tags` are put on everything, and the policy `boundary_arn` limits every role (null: none does)."
  type        = object({ name = string, tags = optional(map(string), {}), boundary_arn = optional(string) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 48
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 48 characters at most: shorten or respell it."
  }
}

variable "network" {
  description = <<-TEXT
    The network. Either `cidr` and `zones`, for one of its own:
    - `cidr`: the addresses, from /16 to /22, starting at the range's first address. Tiers and zones are cut out of it, see the README.
    - `zones`: a slot (0 to 3) for each zone, by the zone's letter: `{ a = 0, b = 1 }`. The slot decides the zone's addresses for good.
    - `nat`: how private subnets get out: `none`, `single` (one gateway, in the zone of the lowest slot) or `per-zone`.
    - `kubernetes`: whether subnets are tagged for load balancers that Kubernetes makes.

    Or `existing`, for a VPC that is already there: its id, and ids of subnets by tier and letter of the zone.
    Routes, gateways and the default security group are then its owner's.

    And, with both:
    - `interfaces`: AWS services with an endpoint in the private subnets, as the last part of the service's name: `["ecr.api", "sts"]`.
    - `flow_logs`: keeps a record of connections for so many `days`, encrypted by `kms_key_arn` where one is given. Null: none is kept.
  TEXT
  type = object({
    cidr       = optional(string)
    zones      = optional(map(number), {})
    nat        = optional(string, "none")
    kubernetes = optional(bool, false)
    existing = optional(object({
      vpc = string
      subnets = object({
        public  = optional(map(string), {})
        private = map(string)
        data    = optional(map(string), {})
      })
    }))
    interfaces = optional(set(string), [])
    flow_logs = optional(object({
      days        = optional(number, 90)
      kms_key_arn = optional(string)
    }))
  })
  nullable = false

  validation {
    condition     = var.network.existing == null ? var.network.cidr != null : var.network.cidr == null && length(var.network.zones) == 0
    error_message = "network has cidr ${jsonencode(var.network.cidr)}, ${length(var.network.zones)} zones and ${var.network.existing == null ? "no existing VPC" : "an existing VPC"}; give cidr and zones for a new VPC, or existing for one that is already there, and not both."
  }

  validation {
    condition = try(
      cidrhost(var.network.cidr, 0) == split("/", var.network.cidr)[0] &&
      contains(range(16, 23), tonumber(split("/", var.network.cidr)[1])) &&
      cidrnetmask(var.network.cidr) != "", # fails for IPv6
      var.network.cidr == null
    )
    error_message = "network.cidr is ${jsonencode(var.network.cidr)}; it takes an IPv4 range from /16 to /22 that starts at its first address, such as 10.20.0.0/16."
  }

  validation {
    condition     = var.network.cidr == null || length(var.network.zones) > 0
    error_message = "network.zones is empty; give at least one zone, by letter and slot: { a = 0, b = 1 }."
  }

  validation {
    condition     = alltrue([for zone in keys(var.network.zones) : can(regex("^[a-z]$", zone))])
    error_message = "network.zones has ${join(", ", keys(var.network.zones))}; a zone is known by its letter alone: a for eu-central-1a."
  }

  validation {
    condition = (
      alltrue([for slot in values(var.network.zones) : contains([0, 1, 2, 3], slot)]) &&
      length(distinct(values(var.network.zones))) == length(var.network.zones)
    )
    error_message = "network.zones is ${jsonencode(var.network.zones)}; every zone takes a slot of its own out of 0, 1, 2 and 3."
  }

  validation {
    condition     = contains(["none", "single", "per-zone"], var.network.nat)
    error_message = "network.nat is ${jsonencode(var.network.nat)}; it takes none, single or per-zone."
  }

  validation {
    condition     = var.network.existing == null || (var.network.nat == "none" && !var.network.kubernetes)
    error_message = "network.nat and network.kubernetes change routes and tags, which are the owner's in an existing VPC; leave both out and ask the owner."
  }

  validation {
    condition = try(
      startswith(var.network.existing.vpc, "vpc-") &&
      alltrue(flatten([for zones in values(var.network.existing.subnets) : [for id in values(zones) : startswith(id, "subnet-")]])),
      var.network.existing == null
    )
    error_message = "network.existing is ${jsonencode(var.network.existing)}; it takes ids, vpc-… for the VPC and subnet-… for every subnet."
  }

  validation {
    condition     = var.network.existing == null || length(try(var.network.existing.subnets.private, {})) > 0
    error_message = "network.existing.subnets.private is empty; name at least one subnet, by its zone's letter: { a = \"subnet-…\" }."
  }

  validation {
    condition     = alltrue([for service in var.network.interfaces : can(regex("^[a-z0-9][a-z0-9.-]*$", service)) && !startswith(service, "com.amazonaws.")])
    error_message = "network.interfaces has ${join(", ", var.network.interfaces)}; name services without region and com.amazonaws: ecr.api, sts."
  }

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      try(var.network.flow_logs.days, 1)
    )
    error_message = "network.flow_logs.days is ${try(var.network.flow_logs.days, "null")}; CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 days, or 3 to 10 years as 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}
