variable "context" {
  description = "Whose service it is: `name` is the first part of every name, `tags` are put on everything, and the policy `boundary_arn` limits every role (null: none does)."
  type        = object({ name = string, tags = optional(map(string), {}), boundary_arn = optional(string) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes: respell it."
  }
}

variable "ecs_service" {
  description = <<-TEXT
    A service of one container:
    - `name`: its own name, by which other services reach it; the whole one is `<context.name>-<name>`.
    - `cluster`: the output of the module `ecs-cluster`, whole. It decides how tasks are on the network.
    - `image`: by digest. `command`: in place of the image's own. `user`: the id of a user that is not root.
    - `cpu` (1024 are one processor) and `memory` (MiB; a task that takes more is killed).
    - `port`: where it listens. Null: nowhere. `protocol`: `http`, `http2` or `grpc`.
    - `environment`: settings, by the variable's name. `secrets`: ARNs of secrets and parameters, by the variable's name; `kms_key_arns`: keys that encrypt those.
    - `role`: the role that its program has. Null: one of its own, with `policies` (JSON, by name).
    - `scratch`: folders that it may write to, in memory, with their size in MiB. `volumes`: folders on the disk of the instance, by a name, gone with the task.
    - `health`: how it is known to be ready: `path` for the load balancer, at `port` (null: the service's own), and `command` for ECS, such as `["CMD", "/app/healthy"]`. Within `start_seconds` it may fail.
    - `route`: what the load balancer sends to it: `load_balancer` is the output of the module `load-balancer`, whole, `hosts` and `paths` what requests are for, `priority` before which other rules (of more than four paths, the first of several that follow each other). Null: nothing.
    - `request_timeout`: seconds that one request may take. Callers get an error after that.
    - `shutdown`: seconds after the signal to stop in which it still serves (`drain`), and in which everything must be done (`timeout`). It is told them.
    - `scaling`: `min` and `max` number of tasks, and what their number keeps each of these at: `cpu` and `memory` in percent, `requests` of a task per minute. 0 or null: is not looked at.
    - `callers`: security groups that may reach its port, by a name; `reaches`: security groups and ports that it reaches. For a cluster of `awsvpc`.
    - `logs`: for how many `days` its log is kept, encrypted by `kms_key_arn` where one is given.
    - `wait`: whether an apply waits until the new tasks run and the old ones are gone.
  TEXT
  type = object({
    name = string
    cluster = object({
      name              = string
      arn               = string
      capacity_provider = string
      networking        = string
      architecture      = string
      namespace         = object({ arn = string })
      network = object({
        vpc     = object({ id = string, cidr = string })
        subnets = object({ private = map(object({ id = string })) })
      })
      security_group_id = string
      telemetry         = optional(object({ grpc = string, http = string }))
    })
    image        = string
    command      = optional(list(string))
    user         = optional(string, "1654")
    cpu          = optional(number, 256)
    memory       = optional(number, 512)
    port         = optional(number)
    protocol     = optional(string, "http")
    environment  = optional(map(string), {})
    secrets      = optional(map(string), {})
    kms_key_arns = optional(list(string), [])
    role         = optional(object({ arn = string }))
    policies     = optional(map(string), {})
    scratch      = optional(map(number), {})
    volumes      = optional(map(string), {})
    health = optional(object({
      path          = optional(string, "/healthz/ready")
      port          = optional(number)
      command       = optional(list(string))
      start_seconds = optional(number, 60)
    }), {})
    route = optional(object({
      load_balancer = object({ listener_arn = string, security_group_id = string, arn_suffix = optional(string) })
      hosts         = optional(list(string), [])
      paths         = optional(list(string), [])
      priority      = optional(number)
    }))
    request_timeout = optional(number, 15)
    shutdown        = optional(object({ drain = optional(number, 5), timeout = optional(number, 25) }), {})
    scaling = optional(object({
      min      = optional(number, 2)
      max      = optional(number, 6)
      cpu      = optional(number, 70)
      memory   = optional(number)
      requests = optional(number)
    }), {})
    callers = optional(map(string), {})
    reaches = optional(map(object({ security_group_id = string, port = number })), {})
    logs = optional(object({
      days        = optional(number, 365)
      kms_key_arn = optional(string)
    }), {})
    wait = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.ecs_service.name)) && length("${var.context.name}-${var.ecs_service.name}") <= 54
    error_message = "ecs_service.name is ${jsonencode(var.ecs_service.name)}; it takes lower-case words joined by single dashes, 54 characters at most together with context.name: shorten or respell one of them."
  }

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.ecs_service.image))
    error_message = "ecs_service.image is ${jsonencode(var.ecs_service.image)}; name it by digest, so that every task runs the same: <repository>:<tag>@sha256:<64 digits>."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]*$", var.ecs_service.user))
    error_message = "ecs_service.user is ${jsonencode(var.ecs_service.user)}; it takes the number of a user that is not root, such as 1654: a name may be root's."
  }

  validation {
    condition     = contains(["http", "http2", "grpc"], var.ecs_service.protocol)
    error_message = "ecs_service.protocol is ${jsonencode(var.ecs_service.protocol)}; it takes http, http2 or grpc."
  }

  validation {
    condition     = alltrue([for arn in values(var.ecs_service.secrets) : can(regex("^arn:[a-z-]+:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:|ssm:[a-z0-9-]+:[0-9]{12}:parameter/).", arn))])
    error_message = "ecs_service.secrets has ${join(", ", keys(var.ecs_service.secrets))}, and one of them is not the ARN of a secret or a parameter; give ARNs, never the secret itself."
  }

  validation {
    condition     = length(setintersection(keys(var.ecs_service.secrets), keys(var.ecs_service.environment))) == 0
    error_message = "ecs_service has ${join(", ", setintersection(keys(var.ecs_service.secrets), keys(var.ecs_service.environment)))} in environment and in secrets; name each variable once."
  }

  validation {
    condition     = var.ecs_service.route == null || var.ecs_service.port != null
    error_message = "ecs_service.route sends requests to a service without a port; set ecs_service.port, or leave route out."
  }

  validation {
    condition     = try(length(var.ecs_service.route.hosts) + length(var.ecs_service.route.paths) > 0 && length(var.ecs_service.route.hosts) <= 4, var.ecs_service.route == null)
    error_message = "ecs_service.route has ${try(length(var.ecs_service.route.hosts), 0)} hosts and ${try(length(var.ecs_service.route.paths), 0)} paths; it takes one host or path at least, and four hosts at most."
  }

  validation {
    condition     = var.ecs_service.health.port == null || var.ecs_service.route == null || var.ecs_service.cluster.networking == "awsvpc" || var.ecs_service.health.port == var.ecs_service.port
    error_message = "ecs_service.health.port is ${coalesce(var.ecs_service.health.port, 0)}; in a cluster of bridge the load balancer knows the service's own port only: answer health.path there and leave health.port out."
  }

  validation {
    condition     = var.ecs_service.cluster.networking == "awsvpc" || length(var.ecs_service.callers) + length(var.ecs_service.reaches) == 0
    error_message = "ecs_service has callers or reaches, and its cluster is of ${var.ecs_service.cluster.networking}, where all tasks share the security group of their instances; remove them."
  }

  validation {
    condition     = var.ecs_service.shutdown.drain >= 0 && var.ecs_service.shutdown.timeout > var.ecs_service.shutdown.drain
    error_message = "ecs_service.shutdown has drain ${var.ecs_service.shutdown.drain} and timeout ${var.ecs_service.shutdown.timeout}; the timeout includes draining: make it longer."
  }

  validation {
    condition     = var.ecs_service.request_timeout >= 1 && var.ecs_service.request_timeout <= var.ecs_service.shutdown.timeout
    error_message = "ecs_service.request_timeout is ${var.ecs_service.request_timeout} and shutdown.timeout ${var.ecs_service.shutdown.timeout}; a request that is being served must end before the task does: lengthen shutdown.timeout."
  }

  validation {
    condition     = var.ecs_service.scaling.min >= 1 && var.ecs_service.scaling.max >= var.ecs_service.scaling.min
    error_message = "ecs_service.scaling has min ${var.ecs_service.scaling.min} and max ${var.ecs_service.scaling.max}; it needs 1 <= min <= max."
  }

  validation {
    condition     = var.ecs_service.scaling.requests == null || try(var.ecs_service.route.load_balancer.arn_suffix != null, false)
    error_message = "ecs_service.scaling.requests is ${coalesce(var.ecs_service.scaling.requests, 0)}, and there is no route with a load balancer that counts them; add route, with the whole output of the module load-balancer."
  }
}
