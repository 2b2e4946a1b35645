variable "context" {
  description = "Whose trail it is: `name` is the first part of the trail's and the bucket's name, `tags` are put on everything, and the policy `boundary_arn` limits every role (null: none does)."
  type        = object({ name = string, tags = optional(map(string), {}), boundary_arn = optional(string) })
  nullable    = false

  # A bucket's name has 63 characters at most, and what follows the name takes up to 35.
  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 28
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 28 characters at most: shorten or respell it."
  }
}

variable "audit_trail" {
  description = <<-TEXT
    What is written down of who did what:
    - `organization`: for the trail of a whole organisation, made in its management account: its `id`. Null: of this account.
    - `data_events`: what is written down of data, too, by a name of your choice; each event costs. `type` is a resource type of CloudTrail, such as `AWS::S3::Object`
      or `AWS::DynamoDB::Table`; `arns` are beginnings of the ARNs that it is about (null: all); `reads` says whether reading counts, or writing alone.
    - `insights`: unusual activity that CloudTrail looks for: `ApiCallRateInsight`, `ApiErrorRateInsight`. Each event that it looks at costs.
    - `logs`: the copy in CloudWatch, where filters and alarms look: for how many `days`.
    - `storage`: the bucket: for how many `days`, and `lock`, for how many `days` nothing can be overwritten or deleted, by `mode`: `GOVERNANCE` (except with a
      permission of its own) or `COMPLIANCE` (not at all, and the days cannot be shortened). Whether there is a lock is decided when the bucket is made.
    - `access_logs`: the `bucket` that S3 writes a log of every request to, and the `prefix` of its objects. Null: no log.
    - `protected`: whether deleting the bucket, or anything in it, is refused. To delete it, apply with false first.
  TEXT
  type = object({
    organization = optional(object({ id = string }))
    data_events = optional(map(object({
      type  = string
      arns  = optional(set(string))
      reads = optional(bool, true)
    })), {})
    insights = optional(set(string), [])
    logs     = optional(object({ days = optional(number, 365) }), {})
    storage = optional(object({
      days = optional(number, 1096)
      lock = optional(object({ days = number, mode = optional(string, "GOVERNANCE") }))
    }), {})
    access_logs = optional(object({ bucket = string, prefix = optional(string, "audit/") }))
    protected   = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = var.audit_trail.organization == null || can(regex("^o-[a-z0-9]{10,32}$", var.audit_trail.organization.id))
    error_message = "audit_trail.organization.id is ${jsonencode(try(var.audit_trail.organization.id, null))}; it takes an organisation's id: o- and 10 to 32 letters and digits."
  }

  validation {
    condition     = alltrue([for one in values(var.audit_trail.data_events) : can(regex("^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$", one.type))])
    error_message = "audit_trail.data_events has the types ${jsonencode([for one in values(var.audit_trail.data_events) : one.type])}; CloudTrail writes them as AWS::S3::Object."
  }

  validation {
    condition     = alltrue([for one in values(var.audit_trail.data_events) : one.arns == null ? true : length(one.arns) > 0 && alltrue([for arn in one.arns : startswith(arn, "arn:") && !strcontains(arn, "*")])])
    error_message = "audit_trail.data_events has the ARNs ${jsonencode({ for name, one in var.audit_trail.data_events : name => one.arns })}; each is a beginning, without wildcards: arn:aws:s3:::<bucket>/. Leave arns out for all."
  }

  validation {
    condition     = alltrue([for insight in var.audit_trail.insights : contains(["ApiCallRateInsight", "ApiErrorRateInsight"], insight)])
    error_message = "audit_trail.insights has ${join(", ", var.audit_trail.insights)}; there are ApiCallRateInsight and ApiErrorRateInsight."
  }

  validation {
    condition     = contains([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.audit_trail.logs.days)
    error_message = "audit_trail.logs.days is ${var.audit_trail.logs.days}; CloudWatch takes 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653, and less than a year proves nothing."
  }

  validation {
    condition     = var.audit_trail.storage.days >= 365 && floor(var.audit_trail.storage.days) == var.audit_trail.storage.days
    error_message = "audit_trail.storage.days is ${var.audit_trail.storage.days}; it takes whole days, 365 or more: less than a year proves nothing."
  }

  validation {
    condition     = var.audit_trail.storage.lock == null ? true : contains(["GOVERNANCE", "COMPLIANCE"], var.audit_trail.storage.lock.mode)
    error_message = "audit_trail.storage.lock.mode is ${jsonencode(try(var.audit_trail.storage.lock.mode, null))}; it takes GOVERNANCE or COMPLIANCE."
  }

  validation {
    condition     = var.audit_trail.storage.lock == null ? true : var.audit_trail.storage.lock.days >= 1 && var.audit_trail.storage.lock.days <= var.audit_trail.storage.days
    error_message = "audit_trail.storage locks for ${jsonencode(try(var.audit_trail.storage.lock.days, null))} days and keeps for ${var.audit_trail.storage.days}; a lock takes 1 day up to as long as objects are kept."
  }

  validation {
    condition     = var.audit_trail.access_logs == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.audit_trail.access_logs.bucket))
    error_message = "audit_trail.access_logs.bucket is ${jsonencode(try(var.audit_trail.access_logs.bucket, null))}; it takes the name of a bucket of the same account and region, not its ARN."
  }
}
