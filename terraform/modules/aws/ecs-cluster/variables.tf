variable "context" {
  description = "Whose cluster it is: `name` is the cluster's name and the first part of every other name, `tags` are put on everything, and the policy `boundary_arn` limits every role (null: none does)."
  type        = object({ name = string, tags = optional(map(string), {}), boundary_arn = optional(string) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 40 && !can(regex("^(aws|ecs|fargate)", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 40 characters at most, and does not begin with aws, ecs or fargate, which ECS refuses for a capacity provider: respell it."
  }
}

variable "ecs_cluster" {
  description = <<-TEXT
    A cluster of EC2 instances that run the tasks of services:
    - `network`: the output of the module `network`, whole. Instances stand in its private subnets, and need a way out: NAT, or endpoints of ECS, ECR, CloudWatch Logs and Systems Manager; or in its public ones, see `instances`.
    - `networking`: how tasks are on the network. `bridge`: behind a port of their instance, as many as fit. `awsvpc`: with an address and a security group of their own, as many as the instance has network interfaces.
    - `load_balancers`: security groups of load balancers that reach tasks on ports of their instance, by a name: for `bridge`. With `awsvpc` each service opens its own.
    - `instances`: their `type`, `min` and `max` number, the share of them that may be in use before another one is started (`target`, percent), and the size of their disk (`disk_gb`), encrypted by `kms_key_arn` or, if null, by AWS's key. With `public_address` they stand in public subnets, and get out by an address of their own; nothing gets in by it.
    - `image`: id of the machine image. Null: the newest that AWS recommends, so that a plan tells of a new one; an apply then replaces the instances one after the other.
    - `insights`: what CloudWatch gathers: `enhanced`, `enabled` or `disabled`, which leaves out the instances' metrics by the minute, too.
    - `telemetry`: a collector of OTLP on each instance: its `image`, its `config` (YAML), and what it may do, as policies in JSON by name. Null: none.
    - `logs`: for how many `days` the collector's log is kept, encrypted by `kms_key_arn` where one is given.
    - `protected`: whether instances that run tasks stop the deletion of the cluster.
  TEXT
  type = object({
    network = object({
      vpc     = object({ id = string, cidr = string })
      subnets = object({ private = map(object({ id = string })), public = optional(map(object({ id = string })), {}) })
    })
    networking     = optional(string, "bridge")
    load_balancers = optional(map(string), {})
    instances = optional(object({
      type        = optional(string, "m7g.large")
      min         = optional(number, 2)
      max         = optional(number, 6)
      target      = optional(number, 90)
      disk_gb     = optional(number, 50)
      kms_key_arn = optional(string)

      public_address = optional(bool, false)
    }), {})
    image    = optional(string)
    insights = optional(string, "enhanced")
    telemetry = optional(object({
      image    = string
      config   = string
      policies = optional(map(string), {})
      cpu      = optional(number, 128)
      memory   = optional(number, 256)
    }))
    logs = optional(object({
      days        = optional(number, 365)
      kms_key_arn = optional(string)
    }), {})
    protected = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = contains(["bridge", "awsvpc"], var.ecs_cluster.networking)
    error_message = "ecs_cluster.networking is ${jsonencode(var.ecs_cluster.networking)}; it takes bridge or awsvpc."
  }

  validation {
    condition     = var.ecs_cluster.networking == "bridge" || length(var.ecs_cluster.load_balancers) == 0
    error_message = "ecs_cluster.load_balancers has ${join(", ", keys(var.ecs_cluster.load_balancers))}, and networking is awsvpc, where each service opens its own security group; remove them."
  }

  validation {
    condition     = can(regex("^[a-z0-9-]+\\.[a-z0-9-]+$", var.ecs_cluster.instances.type))
    error_message = "ecs_cluster.instances.type is ${jsonencode(var.ecs_cluster.instances.type)}; it takes one type of instance, such as m7g.large."
  }

  validation {
    condition     = !var.ecs_cluster.instances.public_address || length(var.ecs_cluster.network.subnets.public) > 0
    error_message = "ecs_cluster.instances.public_address is true, and the network has no public subnets; hand on its subnets.public, or set it to false."
  }

  validation {
    condition     = var.ecs_cluster.instances.min >= 0 && var.ecs_cluster.instances.max >= max(var.ecs_cluster.instances.min, 1)
    error_message = "ecs_cluster.instances has min ${var.ecs_cluster.instances.min} and max ${var.ecs_cluster.instances.max}; it needs 0 <= min <= max, and a max of 1 or more."
  }

  validation {
    condition     = var.ecs_cluster.instances.target >= 1 && var.ecs_cluster.instances.target <= 100
    error_message = "ecs_cluster.instances.target is ${var.ecs_cluster.instances.target}; it takes 1 to 100 percent."
  }

  validation {
    condition     = var.ecs_cluster.instances.disk_gb >= 30
    error_message = "ecs_cluster.instances.disk_gb is ${var.ecs_cluster.instances.disk_gb}; the machine image needs 30 GB."
  }

  validation {
    condition     = can(regex("^ami-", coalesce(var.ecs_cluster.image, "ami-0")))
    error_message = "ecs_cluster.image is ${jsonencode(var.ecs_cluster.image)}; it takes the id of a machine image: ami-…"
  }

  validation {
    condition     = contains(["enhanced", "enabled", "disabled"], var.ecs_cluster.insights)
    error_message = "ecs_cluster.insights is ${jsonencode(var.ecs_cluster.insights)}; it takes enhanced, enabled or disabled."
  }

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.ecs_cluster.telemetry.image)) || var.ecs_cluster.telemetry == null
    error_message = "ecs_cluster.telemetry.image is ${jsonencode(try(var.ecs_cluster.telemetry.image, null))}; name it by digest, so that every instance runs the same: <repository>:<tag>@sha256:<64 digits>."
  }

  validation {
    condition     = can(keys(yamldecode(var.ecs_cluster.telemetry.config).receivers)) || var.ecs_cluster.telemetry == null
    error_message = "ecs_cluster.telemetry.config is not the YAML of a collector: it has no receivers."
  }
}
