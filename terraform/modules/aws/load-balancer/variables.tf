variable "context" {
  description = "Whose load balancer it is: `name` is the first part of every name, `tags` are put on everything."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && !startswith(var.context.name, "internal-")
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, and does not begin with internal-, which AWS keeps for itself: respell it."
  }
}

variable "load_balancer" {
  description = <<-TEXT
    An application load balancer that services share:
    - `name`: its own name; the whole one is `<context.name>-<name>`, 32 characters at most.
    - `network`: the output of the module `network`, whole. It stands in the private subnets if it is internal, in the public ones otherwise.
    - `internal`: whether it has private addresses only.
    - `from`: who may connect: ranges of IPv4 (`cidrs`) and ids of prefix lists, by a name (`prefix_lists`). Null: the VPC, if it is internal. One that faces the internet must say it: `{ cidrs = ["0.0.0.0/0"] }` is anyone.
    - `certificate_arn`: the certificate for all hosts that none of `further_certificates` (ARNs, by a name) is for.
    - `ssl_policy`: the name of AWS's list of protocols and ciphers; TLS 1.2 at least.
    - `idle_timeout`: seconds without a byte after which it closes a connection. A service must keep its own connections open for longer.
    - `firewall`: `managed` (a web ACL of AWS's managed rules), `existing` (the web ACL `web_acl_arn`) or `none`.
    - `logs`: for how many `days` access and connection logs are kept.
    - `protected`: whether deleting it is refused, and its logs too.
  TEXT
  type = object({
    name = optional(string, "edge")
    network = object({
      vpc = object({ id = string, cidr = string })
      subnets = object({
        public  = optional(map(object({ id = string })), {})
        private = optional(map(object({ id = string })), {})
      })
    })
    internal = optional(bool, false)
    from = optional(object({
      cidrs        = optional(set(string), [])
      prefix_lists = optional(map(string), {})
    }))
    certificate_arn      = string
    further_certificates = optional(map(string), {})
    ssl_policy           = optional(string, "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09")
    idle_timeout         = optional(number, 60)
    firewall             = optional(string, "managed")
    web_acl_arn          = optional(string)
    logs                 = optional(object({ days = optional(number, 400) }), {})
    protected            = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.load_balancer.name)) && length("${var.context.name}-${var.load_balancer.name}") <= 32
    error_message = "load_balancer.name is ${jsonencode(var.load_balancer.name)}; it takes lower-case words joined by single dashes, 32 characters at most together with context.name: shorten or respell one of them."
  }

  validation {
    condition     = length(var.load_balancer.internal ? var.load_balancer.network.subnets.private : var.load_balancer.network.subnets.public) >= 2
    error_message = "load_balancer.network has fewer than two ${var.load_balancer.internal ? "private" : "public"} subnets; a load balancer stands in two zones or more: give the network another zone."
  }

  validation {
    condition     = var.load_balancer.from == null ? var.load_balancer.internal : length(var.load_balancer.from.cidrs) + length(var.load_balancer.from.prefix_lists) > 0
    error_message = "load_balancer.from is ${jsonencode(var.load_balancer.from)}, so no client may connect; name ranges or prefix lists: { cidrs = [\"0.0.0.0/0\"] } is anyone."
  }

  validation {
    condition     = alltrue([for cidr in try(var.load_balancer.from.cidrs, []) : can(cidrnetmask(cidr))])
    error_message = "load_balancer.from.cidrs has ${jsonencode(try(var.load_balancer.from.cidrs, []))}; it takes ranges of IPv4, such as 203.0.113.0/24."
  }

  validation {
    condition     = alltrue([for arn in concat([var.load_balancer.certificate_arn], values(var.load_balancer.further_certificates)) : can(regex("^arn:[a-z-]+:(acm|iam):", arn))])
    error_message = "load_balancer has certificate ${jsonencode(var.load_balancer.certificate_arn)} and further ones ${jsonencode(var.load_balancer.further_certificates)}; give ARNs of certificates of ACM, such as dns_and_certificate.certificate_arn."
  }

  validation {
    condition     = can(regex("^ELBSecurityPolicy-TLS13-1-[23]-", var.load_balancer.ssl_policy))
    error_message = "load_balancer.ssl_policy is ${jsonencode(var.load_balancer.ssl_policy)}; it takes a list of TLS 1.2 or later: one that begins with ELBSecurityPolicy-TLS13-1-2 or ELBSecurityPolicy-TLS13-1-3."
  }

  validation {
    condition     = var.load_balancer.idle_timeout >= 1 && var.load_balancer.idle_timeout <= 4000
    error_message = "load_balancer.idle_timeout is ${var.load_balancer.idle_timeout}; it takes 1 to 4000 seconds."
  }

  validation {
    condition     = contains(["managed", "existing", "none"], var.load_balancer.firewall)
    error_message = "load_balancer.firewall is ${jsonencode(var.load_balancer.firewall)}; it takes managed, existing or none."
  }

  validation {
    condition     = (var.load_balancer.firewall == "existing") == (var.load_balancer.web_acl_arn != null)
    error_message = "load_balancer.firewall is ${jsonencode(var.load_balancer.firewall)} and web_acl_arn is ${jsonencode(var.load_balancer.web_acl_arn)}; give the ARN of a web ACL with firewall = \"existing\", and only then."
  }

  validation {
    condition     = var.load_balancer.logs.days >= 1 && floor(var.load_balancer.logs.days) == var.load_balancer.logs.days
    error_message = "load_balancer.logs.days is ${var.load_balancer.logs.days}; it takes whole days, from 1 on."
  }
}
