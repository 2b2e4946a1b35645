variable "context" {
  description = "Whose backups they are: `name` is the name of the vault and the plan, and the first part of the roles' names; `tags` are put on everything, and on each backup, and the policy `boundary_arn` limits every role (null: none does)."
  type        = object({ name = string, tags = optional(map(string), {}), boundary_arn = optional(string) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 50
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 50 characters at most: shorten or respell it."
  }
}

variable "backup" {
  description = <<-TEXT
    What is backed up, when and for how long:
    - `tag`: resources of this account and region with the tag `key` of one of `values` are backed up.
    - `rules`: when, by a name of your choice: `schedule` is a `cron(…)` in UTC, `days` how long a backup is kept, `cold_after` after how many days it moves to cold storage (where it
      stays 90 days at least; not every service can), `continuous` whether it can be restored to any second (35 days at most; RDS, Aurora, S3), `copied` whether it is
      copied to `copies`. A rule's backup may start within `start_hours` and must be done `done_hours` after it started to wait.
      Without `rules`: daily for 35 days, weekly for 90, monthly for 366. `{}`: a vault alone, for the copies of others.
    - `copies`: other vaults that backups are copied to, of another region or account, by a name of your choice: `vault_arn`, and `days`, how long the copy is kept (null: as long as the backup).
    - `lock`: what the vault refuses from everyone, administrators too: backups of less than `min_days` or more than `max_days` (null: any), and deleting one before its time. With
      `final_after` (3 days or more) the lock itself can never be removed once those days are over; null: it can, with a permission of its own.
    - `services`: `s3` adds what backups of buckets need.
    - `restores`: whether there is a role for restoring. It may create databases, volumes and instances, so it is a role of its own.
    - `failures`: the topic (`topic_arn`) that is told of jobs that failed, expired or were aborted. Its policy must let `events.amazonaws.com` publish. Null: none is told.
    - `protected`: whether deleting a backup or the vault is refused. To delete, apply with false first.
  TEXT
  type = object({
    tag = optional(object({ key = optional(string, "backup"), values = optional(set(string), ["true"]) }), {})
    rules = optional(map(object({
      schedule    = string
      days        = number
      cold_after  = optional(number)
      continuous  = optional(bool, false)
      copied      = optional(bool, true)
      start_hours = optional(number, 1)
      done_hours  = optional(number, 12)
      })), {
      daily   = { schedule = "cron(0 3 * * ? *)", days = 35 }
      weekly  = { schedule = "cron(0 4 ? * SUN *)", days = 90 }
      monthly = { schedule = "cron(0 5 1 * ? *)", days = 366 }
    })
    copies    = optional(map(object({ vault_arn = string, days = optional(number) })), {})
    lock      = optional(object({ min_days = optional(number), max_days = optional(number), final_after = optional(number) }))
    services  = optional(object({ s3 = optional(bool, false) }), {})
    restores  = optional(bool, false)
    failures  = optional(object({ topic_arn = string }))
    protected = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = length(var.backup.tag.values) > 0 && length(var.backup.tag.key) > 0
    error_message = "backup.tag is ${jsonencode(var.backup.tag)}; name a key and at least one value, or nothing is backed up."
  }

  validation {
    condition     = alltrue([for name in keys(var.backup.rules) : can(regex("^[A-Za-z0-9_.-]{1,50}$", name))])
    error_message = "backup.rules has ${jsonencode(keys(var.backup.rules))}; a name takes 50 letters, digits, dots, dashes and underscores at most."
  }

  validation {
    condition     = alltrue([for rule in values(var.backup.rules) : can(regex("^cron\\(([^ ]+ ){5}[^ ]+\\)$", rule.schedule))])
    error_message = "backup.rules has the schedules ${jsonencode([for rule in values(var.backup.rules) : rule.schedule])}; each is a cron of six fields: cron(0 3 * * ? *)."
  }

  validation {
    condition     = alltrue([for rule in values(var.backup.rules) : rule.days >= 1 && floor(rule.days) == rule.days])
    error_message = "backup.rules keeps for ${jsonencode({ for name, rule in var.backup.rules : name => rule.days })} days; it takes whole days, 1 or more."
  }

  validation {
    condition     = alltrue([for rule in values(var.backup.rules) : rule.cold_after == null ? true : rule.cold_after >= 1 && rule.days >= rule.cold_after + 90])
    error_message = "backup.rules moves to cold storage after ${jsonencode({ for name, rule in var.backup.rules : name => rule.cold_after })} days; a backup stays there for 90 days at least: raise days to cold_after + 90."
  }

  validation {
    condition     = alltrue([for rule in values(var.backup.rules) : !rule.continuous || (rule.days <= 35 && rule.cold_after == null)])
    error_message = "backup.rules has continuous backups for ${jsonencode({ for name, rule in var.backup.rules : name => rule.days if rule.continuous })} days; they are kept for 35 days at most, and never in cold storage."
  }

  validation {
    condition     = alltrue([for rule in values(var.backup.rules) : rule.start_hours >= 1 && rule.done_hours >= rule.start_hours + 1])
    error_message = "backup.rules starts within ${jsonencode({ for name, rule in var.backup.rules : name => rule.start_hours })} hours and is done after ${jsonencode({ for name, rule in var.backup.rules : name => rule.done_hours })}; AWS takes 1 or more, and an hour more to be done."
  }

  validation {
    condition     = alltrue([for copy in values(var.backup.copies) : can(regex("^arn:[a-z-]+:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:.+$", copy.vault_arn))])
    error_message = "backup.copies has ${join(", ", [for copy in values(var.backup.copies) : copy.vault_arn])}; vault_arn takes the ARN of a vault: arn:aws:backup:<region>:<account>:backup-vault:<name>."
  }

  validation {
    condition     = alltrue([for copy in values(var.backup.copies) : copy.days == null ? true : copy.days >= 1])
    error_message = "backup.copies keeps for ${jsonencode({ for name, copy in var.backup.copies : name => copy.days })} days; it takes 1 or more."
  }

  # What lies outside of the lock fails when the backup is due, and not when it is planned.
  validation {
    condition = var.backup.lock == null ? true : alltrue([
      for rule in values(var.backup.rules) : rule.days >= coalesce(var.backup.lock.min_days, 1) && rule.days <= coalesce(var.backup.lock.max_days, 36500)
    ])
    error_message = "backup.rules keeps for ${jsonencode({ for name, rule in var.backup.rules : name => rule.days })} days, and the lock wants ${jsonencode(try([var.backup.lock.min_days, var.backup.lock.max_days], null))}; such backups would fail: change the one or the other."
  }

  validation {
    condition     = var.backup.lock == null ? true : var.backup.lock.final_after == null ? true : var.backup.lock.final_after >= 3
    error_message = "backup.lock.final_after is ${jsonencode(try(var.backup.lock.final_after, null))}; AWS takes 3 days or more."
  }

  validation {
    condition     = var.backup.failures == null || can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.backup.failures.topic_arn))
    error_message = "backup.failures.topic_arn is ${jsonencode(try(var.backup.failures.topic_arn, null))}; it takes the ARN of a topic."
  }
}
