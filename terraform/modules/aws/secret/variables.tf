variable "context" {
  description = "Whose secret it is: `name` is the first part of its name, `tags` are put on it."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 48
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 48 characters at most: shorten or respell it."
  }
}

variable "secret" {
  description = <<-TEXT
    The secret:
    - `name`: the whole name is `<context.name>/<name>`.
    - `description`: null: says what it is, and whose.
    - `kms_key_arn`: the key that encrypts it. Who reads the secret must be allowed to decrypt with it.
    - `password`: what is generated: how long it is (16 to 256), and which `special` characters occur beside letters and digits. Empty: none.
    - `document`: null: the secret is the password. Otherwise it is a JSON object of these members and `password`, such as `{ username = "shop" }`.
    - `managers`: ARNs of the roles that run Terraform. They alone change the secret, and read it.
    - `readers`: ARNs of further roles that read it. Each of them needs a policy of its own that allows it.
    - `rotation`: after how many `days` the value changes. With a `function`, by that: `arn` is a Lambda function's, `role` the ARN of the role it runs as; `at_once`
      lets it begin right after the secret was made. Without one, by the first apply after that time.
    - `recovery_days`: for how many days a deletion can be taken back: 7 to 30, or 0 for none, where the same name must be free at once.
  TEXT
  type = object({
    name        = string
    description = optional(string)
    kms_key_arn = string
    password = optional(object({
      length  = optional(number, 40)
      special = optional(string, "")
    }), {})
    document = optional(map(string))
    managers = set(string)
    readers  = optional(set(string), [])
    rotation = optional(object({
      days     = optional(number, 90)
      function = optional(object({ arn = string, role = string, at_once = optional(bool, true) }))
    }), {})
    recovery_days = optional(number, 30)
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9]+([_-][a-z0-9]+)*(/[a-z0-9]+([_-][a-z0-9]+)*)*$", var.secret.name)) && length(var.secret.name) <= 44
    error_message = "secret.name is ${jsonencode(var.secret.name)}; it takes lower-case words joined by dashes, underscores or slashes, 44 characters at most: signing-key."
  }

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.secret.kms_key_arn))
    error_message = "secret.kms_key_arn is ${jsonencode(var.secret.kms_key_arn)}; it takes the ARN of a key, not its id or alias."
  }

  validation {
    condition     = var.secret.password.length >= 16 && var.secret.password.length <= 256 && can(regex("^[!-/:-@\\[-`{-~]*$", var.secret.password.special))
    error_message = "secret.password has the length ${var.secret.password.length} and the special characters ${var.secret.password.special}; length takes 16 to 256, special what is neither letter, digit nor space: !#-_."
  }

  validation {
    condition     = !contains(try(keys(var.secret.document), []), "password")
    error_message = "secret.document has a password of its own, which would stand in the state; leave it out: the generated one is put there."
  }

  validation {
    condition     = length(var.secret.managers) > 0
    error_message = "secret.managers is empty, and then not even Terraform gets in; name the role that runs it: arn:aws:iam::111122223333:role/deploy."
  }

  validation {
    condition = alltrue([
      for role in concat(tolist(var.secret.managers), tolist(var.secret.readers), var.secret.rotation.function[*].role) :
      can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/[^*?]+$", role))
    ])
    error_message = "secret has the managers ${join(", ", var.secret.managers)} and the readers ${join(", ", var.secret.readers)}; they, and rotation.function.role, take ARNs of roles, without wildcards: arn:aws:iam::111122223333:role/shop."
  }

  validation {
    condition     = var.secret.rotation.days >= 1 && var.secret.rotation.days <= 1000 && floor(var.secret.rotation.days) == var.secret.rotation.days
    error_message = "secret.rotation.days is ${var.secret.rotation.days}; it takes 1 to 1000 whole days, and policies want 90 at most."
  }

  validation {
    condition     = alltrue([for function in var.secret.rotation.function[*] : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)?$", function.arn))])
    error_message = "secret.rotation.function is ${jsonencode(var.secret.rotation.function)}; arn takes the ARN of a Lambda function: arn:aws:lambda:eu-central-1:111122223333:function:rotate."
  }

  validation {
    condition     = contains(concat([0], range(7, 31)), var.secret.recovery_days)
    error_message = "secret.recovery_days is ${var.secret.recovery_days}; Secrets Manager keeps a deleted secret for 7 to 30 days, or deletes it at once: 0."
  }
}
