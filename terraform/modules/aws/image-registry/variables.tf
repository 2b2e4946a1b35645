variable "context" {
  description = "Whose images they are: `name` is the first part of every repository's name, `tags` are put on them."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes: respell it."
  }
}

variable "image_registry" {
  description = <<-TEXT
    The registry:
    - `repositories`: one for each image, by its name; the whole name is `<context.name>/<name>`. `released` says which images are kept: those with a tag that
      matches one of `tags`, where `*` stands for anything, and of each pattern the newest `keep`. Images without a tag are deleted `untagged_days`
      after they were pushed, all others after `unreleased_days`.
    - `kms_key_arn`: the key that encrypts the images. It cannot be changed later.
    - `pull`: who else pulls images: other `accounts` by their twelve digits, all accounts of an `organization` by its id, and Lambda `functions` by patterns of
      their ARNs. Functions of this account are let in by Lambda itself where their maker may change this policy.
    - `push`: ARNs of roles of other accounts that push images.
    - `protected`: whether deleting a repository is refused while there are images in it.
  TEXT
  type = object({
    repositories = map(object({
      released        = optional(object({ tags = optional(list(string), ["v*"]), keep = optional(number, 500) }), {})
      untagged_days   = optional(number, 14)
      unreleased_days = optional(number, 90)
    }))
    kms_key_arn = string
    pull = optional(object({
      accounts     = optional(set(string), [])
      organization = optional(string)
      functions    = optional(set(string), [])
    }), {})
    push      = optional(set(string), [])
    protected = optional(bool, true)
  })
  nullable = false

  validation {
    condition = length(var.image_registry.repositories) > 0 && alltrue([
      for name in keys(var.image_registry.repositories) : can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", name)) && length(name) <= 200
    ])
    error_message = "image_registry.repositories has ${join(", ", keys(var.image_registry.repositories))}; one is needed at least, and a name takes lower-case letters and digits with single . _ - or / between them."
  }

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.image_registry.kms_key_arn))
    error_message = "image_registry.kms_key_arn is ${jsonencode(var.image_registry.kms_key_arn)}; it takes the ARN of a key, not its id or alias."
  }

  # Without a pattern, what runs in production is deleted with everything else.
  validation {
    condition = alltrue([
      for repository in values(var.image_registry.repositories) : length(repository.released.tags) >= 1 && length(repository.released.tags) <= 20 && alltrue([
        for pattern in repository.released.tags : can(regex("^[A-Za-z0-9_.*-]{1,128}$", pattern)) && length(split("*", pattern)) <= 5 && pattern != "*"
      ])
    ])
    error_message = "image_registry.repositories has released.tags ${jsonencode({ for name, repository in var.image_registry.repositories : name => repository.released.tags })}; it takes 1 to 20 patterns with 4 stars at most, and not * alone, which would keep everything: v*."
  }

  validation {
    condition = alltrue([
      for repository in values(var.image_registry.repositories) :
      repository.released.keep >= 1 && repository.untagged_days >= 1 && repository.unreleased_days >= 1
    ])
    error_message = "image_registry.repositories keeps ${jsonencode({ for name, repository in var.image_registry.repositories : name => [repository.released.keep, repository.untagged_days, repository.unreleased_days] })}; released.keep, untagged_days and unreleased_days take 1 at least."
  }

  validation {
    condition     = alltrue([for account in var.image_registry.pull.accounts : can(regex("^[0-9]{12}$", account))])
    error_message = "image_registry.pull.accounts has ${join(", ", var.image_registry.pull.accounts)}; an account has twelve digits: write it in quotes, and an organization as organization."
  }

  validation {
    condition     = try(can(regex("^o-[a-z0-9]{10,32}$", var.image_registry.pull.organization)) || var.image_registry.pull.organization == null, false)
    error_message = "image_registry.pull.organization is ${jsonencode(var.image_registry.pull.organization)}; it takes the id of an organization: o-a1b2c3d4e5."
  }

  validation {
    condition     = alltrue([for arn in var.image_registry.pull.functions : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:.+$", arn))])
    error_message = "image_registry.pull.functions has ${join(", ", var.image_registry.pull.functions)}; a pattern names region and account: arn:aws:lambda:eu-central-1:111122223333:function:shop-*."
  }

  validation {
    condition     = alltrue([for role in var.image_registry.push : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*?]+$", role))])
    error_message = "image_registry.push has ${join(", ", var.image_registry.push)}; it takes ARNs of roles, without wildcards: arn:aws:iam::111122223333:role/pipeline."
  }
}
