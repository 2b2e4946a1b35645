variable "context" {
  description = "Whose table it is: `name` is the first part of the table's name, `tags` are put on it."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes: respell it."
  }
}

variable "table" {
  description = <<-TEXT
    The table:
    - `name`: its own name; the whole one is `<context.name>-<name>`.
    - `key`: the attributes that find an item: `partition`, and `sort` where one partition holds many items.
    - `indexes`: global secondary indexes, by name: `partition` and `sort` as above, and the other `attributes` an index holds (null: all of them; none: keys only).
    - `types`: type of each key attribute that is not a string: `N` (number) or `B` (binary).
    - `ttl`: attribute with the time, in seconds since 1970, after which an item is deleted.
    - `stream`: what of a changed item the stream holds: `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE` or `NEW_AND_OLD_IMAGES`. Null: no stream.
    - `billing`: `mode` is `on-demand` (`read` and `write` are then upper bounds, in request units per second, none where null) or `provisioned`
      (`read` and `write` are then the capacity units of the table, and of each of its indexes).
    - `recovery_days`: how far back the table can be restored to any second, 1 to 35 days; 0: it cannot.
    - `protected`: whether deleting the table is refused.
    - `kms_key_arn`: the key that encrypts it. Null: DynamoDB's own, which costs nothing and leaves no trace in CloudTrail.
  TEXT
  type = object({
    name = string
    key  = object({ partition = string, sort = optional(string) })
    indexes = optional(map(object({
      partition  = string
      sort       = optional(string)
      attributes = optional(set(string))
    })), {})
    types  = optional(map(string), {})
    ttl    = optional(string)
    stream = optional(string)
    billing = optional(object({
      mode  = optional(string, "on-demand")
      read  = optional(number)
      write = optional(number)
    }), {})
    recovery_days = optional(number, 35)
    protected     = optional(bool, true)
    kms_key_arn   = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.table.name)) && length("${var.context.name}-${var.table.name}") <= 255
    error_message = "table.name is ${jsonencode(var.table.name)}; it takes lower-case words joined by single dashes, 255 characters at most together with context.name: shorten or respell it."
  }

  validation {
    condition     = alltrue([for key in concat([var.table.key], values(var.table.indexes)) : try(key.partition != key.sort, true)])
    error_message = "table ${var.table.name} has a key whose partition is also its sort; remove sort or name another attribute."
  }

  validation {
    condition     = length(var.table.indexes) <= 20
    error_message = "table ${var.table.name} has ${length(var.table.indexes)} indexes; DynamoDB takes 20 at most: remove some."
  }

  validation {
    condition     = alltrue([for name in keys(var.table.indexes) : can(regex("^[A-Za-z0-9_.-]{3,255}$", name))])
    error_message = "table.indexes has ${join(", ", keys(var.table.indexes))}; a name takes 3 to 255 letters, digits, dashes, dots and underscores: respell it."
  }

  validation {
    condition     = alltrue([for type in values(var.table.types) : contains(["N", "B", "S"], type)])
    error_message = "table.types is ${jsonencode(var.table.types)}; a key attribute is N (number), B (binary) or S (string)."
  }

  validation {
    condition = length(setsubtract(keys(var.table.types), flatten([
      for key in concat([var.table.key], values(var.table.indexes)) : compact([key.partition, key.sort])
    ]))) == 0
    error_message = "table.types has ${join(", ", keys(var.table.types))}; DynamoDB takes types of key attributes only: remove those that are in no key and no index."
  }

  validation {
    condition = var.table.ttl == null ? true : !contains(flatten([
      for key in concat([var.table.key], values(var.table.indexes)) : compact([key.partition, key.sort])
    ]), var.table.ttl) || lookup(var.table.types, var.table.ttl, "S") == "N"
    error_message = "table.ttl is ${jsonencode(var.table.ttl)}, which is a key attribute and not a number; set table.types.${coalesce(var.table.ttl, "<ttl>")} to N or name another attribute."
  }

  validation {
    condition     = contains(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"], coalesce(var.table.stream, "KEYS_ONLY"))
    error_message = "table.stream is ${jsonencode(var.table.stream)}; it takes KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES."
  }

  validation {
    condition     = contains(["on-demand", "provisioned"], var.table.billing.mode)
    error_message = "table.billing.mode is ${jsonencode(var.table.billing.mode)}; it takes on-demand or provisioned."
  }

  validation {
    condition     = var.table.billing.mode != "provisioned" || (var.table.billing.read != null && var.table.billing.write != null)
    error_message = "table.billing is provisioned, with read ${jsonencode(var.table.billing.read)} and write ${jsonencode(var.table.billing.write)}; give both."
  }

  validation {
    condition     = alltrue([for units in [var.table.billing.read, var.table.billing.write] : try(units >= 1 && floor(units) == units, units == null)])
    error_message = "table.billing has read ${jsonencode(var.table.billing.read)} and write ${jsonencode(var.table.billing.write)}; units are whole numbers from 1 on."
  }

  validation {
    condition     = contains(range(0, 36), var.table.recovery_days)
    error_message = "table.recovery_days is ${var.table.recovery_days}; it takes 1 to 35, or 0 for none."
  }

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", coalesce(var.table.kms_key_arn, "arn:aws:kms:eu-central-1:000000000000:key/none")))
    error_message = "table.kms_key_arn is ${jsonencode(var.table.kms_key_arn)}; it takes the ARN of a key, not of an alias, and not a bare id: arn:aws:kms:<region>:<account>:key/<id>."
  }
}
