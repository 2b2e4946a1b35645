variable "context" {
  description = "Whose states they are: `name` is in the key's description and in tags, `tags` are put on bucket and key."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes: respell it."
  }
}

variable "state_backend" {
  description = <<-TEXT
    Where states are kept:
    - `prefix`: first part of the bucket's name. The whole one is `<prefix>-<account>-<region>`, from which the stacks here derive their backend.
    - `history`: old versions of a state: the newest `versions` of them stay for good, the others for `days`.
    - `access`: roles that the bucket itself lets in, by a name of your choice: `role_arn`, the `states` it may reach (keys of objects, `*` stands for anything),
      and whether it may `write` (and lock) them. The role must be there. A role of another account needs the same permissions in its own policies.
      A role of this account whose own policies say so needs no entry.
    - `access_logs`: the `bucket` that S3 writes a log of every request to, and the `prefix` of its objects. Null: no log.
    - `protected`: whether deleting the bucket, or any version in it, is refused. To delete it, apply with false first.
  TEXT
  type = object({
    prefix  = optional(string, "causeway-state")
    history = optional(object({ versions = optional(number, 20), days = optional(number, 90) }), {})
    access = optional(map(object({
      role_arn = string
      states   = optional(set(string), ["*"])
      write    = optional(bool, false)
    })), {})
    access_logs = optional(object({ bucket = string, prefix = optional(string, "state/") }))
    protected   = optional(bool, true)
  })
  nullable = false

  # A bucket's name has 63 characters at most, and an account and the longest region take 28.
  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.state_backend.prefix)) && length(var.state_backend.prefix) <= 35
    error_message = "state_backend.prefix is ${jsonencode(var.state_backend.prefix)}; it takes lower-case words joined by single dashes, 35 characters at most: shorten or respell it."
  }

  validation {
    condition     = contains(range(1, 101), var.state_backend.history.versions)
    error_message = "state_backend.history.versions is ${var.state_backend.history.versions}; S3 keeps 1 to 100 old versions for good."
  }

  validation {
    condition     = var.state_backend.history.days >= 1 && floor(var.state_backend.history.days) == var.state_backend.history.days
    error_message = "state_backend.history.days is ${var.state_backend.history.days}; it takes whole days, 1 or more."
  }

  validation {
    condition     = alltrue([for name in keys(var.state_backend.access) : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name))])
    error_message = "state_backend.access has ${join(", ", keys(var.state_backend.access))}; a name takes lower-case words joined by single dashes: respell it."
  }

  validation {
    condition     = alltrue([for one in values(var.state_backend.access) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*]+$", one.role_arn))])
    error_message = "state_backend.access has ${join(", ", [for one in values(var.state_backend.access) : one.role_arn])}; role_arn takes the ARN of one role: arn:aws:iam::<account>:role/<name>."
  }

  validation {
    condition     = alltrue([for one in values(var.state_backend.access) : length(one.states) > 0 && alltrue([for state in one.states : can(regex("^[A-Za-z0-9_.*/-]+$", state)) && !startswith(state, "/")])])
    error_message = "state_backend.access has the states ${jsonencode({ for name, one in var.state_backend.access : name => one.states })}; name at least one key, without a slash at its beginning: envs/dev/*."
  }

  validation {
    condition     = var.state_backend.access_logs == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.state_backend.access_logs.bucket))
    error_message = "state_backend.access_logs.bucket is ${jsonencode(try(var.state_backend.access_logs.bucket, null))}; it takes the name of a bucket of the same account and region, not its ARN."
  }
}
