variable "context" {
  description = "Whose key it is: `name` is the first part of its alias, `tags` are put on it."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes: respell it."
  }
}

variable "kms_key" {
  description = <<-TEXT
    The key:
    - `name`: what it encrypts, such as `data`. Its alias is `alias/<context.name>-<name>`.
    - `description`: null: says what it encrypts, and whose it is.
    - `rotation_days`: after how many days KMS makes new key material (90 to 2560). What was encrypted before can still be read.
    - `deletion_days`: for how many days a deletion can be taken back (7 to 30). After that nothing that it encrypted can be read.
    - `services`: services of AWS that use the key in their own name, by names of yours. `principal` is the service's, such as `logs.eu-central-1.amazonaws.com`; `may`
      is `use`, `encrypt` or `decrypt`. It is limited by `encryption_context` (patterns of values by the context's key), `source_arns` (patterns of ARNs of what
      the service acts for) and `source_account`. Where none of the three is given, the service acts for this account alone.
    - `roles`: roles that use the key, by names of yours. `arn` is one role's; `may` as above; `via` are services through which alone the role may do so, such as
      `s3.eu-central-1.amazonaws.com`; `encryption_context` as above. `attaches` lets the role hand the key to what AWS keeps for it, such as a volume. Roles of this
      account may be left to IAM; those of other accounts need this and a policy of their own.
    - `grants`: what a `role` may do without a statement in the key's policy, by names of yours: `operations` such as `Decrypt`, for values with this
      `encryption_context`. `retired_by` is the ARN of who may end the grant, besides the account.
  TEXT
  type = object({
    name          = string
    description   = optional(string)
    rotation_days = optional(number, 365)
    deletion_days = optional(number, 30)
    services = optional(map(object({
      principal          = string
      may                = optional(string, "use")
      encryption_context = optional(map(set(string)), {})
      source_arns        = optional(set(string), [])
      source_account     = optional(string)
    })), {})
    roles = optional(map(object({
      arn                = string
      may                = optional(string, "use")
      via                = optional(set(string), [])
      encryption_context = optional(map(set(string)), {})
      attaches           = optional(bool, false)
    })), {})
    grants = optional(map(object({
      role               = string
      operations         = set(string)
      encryption_context = optional(map(string), {})
      retired_by         = optional(string)
    })), {})
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.kms_key.name))
    error_message = "kms_key.name is ${jsonencode(var.kms_key.name)}; it takes lower-case words joined by single dashes, without alias/ before them: data."
  }

  validation {
    condition     = var.kms_key.rotation_days >= 90 && var.kms_key.rotation_days <= 2560 && floor(var.kms_key.rotation_days) == var.kms_key.rotation_days
    error_message = "kms_key.rotation_days is ${var.kms_key.rotation_days}; KMS rotates after 90 to 2560 whole days: 365 is the usual."
  }

  validation {
    condition     = var.kms_key.deletion_days >= 7 && var.kms_key.deletion_days <= 30 && floor(var.kms_key.deletion_days) == var.kms_key.deletion_days
    error_message = "kms_key.deletion_days is ${var.kms_key.deletion_days}; KMS waits for 7 to 30 whole days."
  }

  validation {
    condition = alltrue([
      for name in concat(keys(var.kms_key.services), keys(var.kms_key.roles), keys(var.kms_key.grants)) : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name))
    ])
    error_message = "kms_key has services, roles and grants named ${join(", ", concat(keys(var.kms_key.services), keys(var.kms_key.roles), keys(var.kms_key.grants)))}; such a name takes lower-case words joined by single dashes."
  }

  validation {
    condition     = alltrue([for service in values(var.kms_key.services) : can(regex("^[a-z0-9-]+([.][a-z0-9-]+)*[.]amazonaws[.]com([.]cn)?$", service.principal))])
    error_message = "kms_key.services has the principals ${join(", ", [for service in values(var.kms_key.services) : service.principal])}; a service is known by its own domain, without wildcards: logs.eu-central-1.amazonaws.com."
  }

  validation {
    condition     = alltrue([for user in concat(values(var.kms_key.services), values(var.kms_key.roles)) : contains(["use", "encrypt", "decrypt"], user.may)])
    error_message = "kms_key has services and roles that may ${join(", ", distinct([for user in concat(values(var.kms_key.services), values(var.kms_key.roles)) : user.may]))}; may takes use, encrypt or decrypt. Administering the key is left to the account."
  }

  validation {
    condition     = alltrue([for service in values(var.kms_key.services) : try(service.source_account == null || can(regex("^[0-9]{12}$", service.source_account)), false)])
    error_message = "kms_key.services has the source accounts ${join(", ", compact([for service in values(var.kms_key.services) : service.source_account]))}; an account has twelve digits: write it in quotes."
  }

  validation {
    condition = alltrue(flatten([
      for service in values(var.kms_key.services) : [for arn in service.source_arns : can(regex("^arn:[a-z-]+:[a-z0-9-]+:[^:]*:[^:]*:.+$", arn))]
    ]))
    error_message = "kms_key.services has the source ARNs ${join(", ", flatten([for service in values(var.kms_key.services) : tolist(service.source_arns)]))}; a pattern begins as an ARN does, with the service by its name: arn:aws:sns:eu-central-1:111122223333:shop-*."
  }

  # A context whose every value is allowed limits nothing.
  validation {
    condition = alltrue(flatten([
      for user in concat(values(var.kms_key.services), values(var.kms_key.roles)) : [
        for values in values(user.encryption_context) : length(values) > 0 && !contains(values, "*")
      ]
    ]))
    error_message = "kms_key has an encryption context ${jsonencode(distinct([for user in concat(values(var.kms_key.services), values(var.kms_key.roles)) : user.encryption_context if length(user.encryption_context) > 0]))}; each key takes one value or more, and * alone limits nothing: leave the key out, or name what is encrypted."
  }

  validation {
    condition     = alltrue([for role in values(var.kms_key.roles) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*?]+$", role.arn))])
    error_message = "kms_key.roles has the ARNs ${join(", ", [for role in values(var.kms_key.roles) : role.arn])}; arn takes one role, without wildcards: arn:aws:iam::111122223333:role/reports."
  }

  validation {
    condition = alltrue(flatten([
      for role in values(var.kms_key.roles) : [for service in role.via : can(regex("^[a-z0-9-]+[.][a-z0-9-]+[.]amazonaws[.]com([.]cn)?$", service))]
    ]))
    error_message = "kms_key.roles come via ${join(", ", flatten([for role in values(var.kms_key.roles) : tolist(role.via)]))}; a service is named with its region: s3.eu-central-1.amazonaws.com."
  }

  validation {
    condition = alltrue([
      for grant in values(var.kms_key.grants) : length(grant.operations) > 0 && length(setsubtract(grant.operations, [
        "CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo", "RetireGrant",
      ])) == 0
    ])
    error_message = "kms_key.grants has the operations ${jsonencode([for grant in values(var.kms_key.grants) : grant.operations])}; a grant takes one or more of CreateGrant, Decrypt, DescribeKey, Encrypt, GenerateDataKey, GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext, GenerateDataKeyWithoutPlaintext, ReEncryptFrom, ReEncryptTo, RetireGrant."
  }

  validation {
    condition     = alltrue([for grant in values(var.kms_key.grants) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*?]+$", grant.role))])
    error_message = "kms_key.grants has the roles ${join(", ", [for grant in values(var.kms_key.grants) : grant.role])}; role takes the ARN of one role: arn:aws:iam::111122223333:role/reports."
  }
}
