variable "context" {
  description = "Whose money it is: `name` is the first part of each name, `tags` are put on everything."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 80
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 80 characters at most: shorten or respell it."
  }
}

variable "budget" {
  description = <<-TEXT
    What a month may cost, and who is told:
    - `limit`: the `amount` of a month, in `currency`.
    - `filters`: what counts, as Cost Explorer's dimensions name it: `{ TagKeyValue = ["user:environment$dev"] }`, `{ Service = ["Amazon DynamoDB"] }`. Without them: the whole account.
    - `alerts`: at how many percent of the limit a message is sent: of what was spent (`actual`) and of what the month will come to (`forecast`; AWS forecasts after about five weeks of use).
    - `emails`: addresses that messages are sent to, 10 at most.
    - `topic`: a topic of its own, encrypted, that messages are sent to, too, where it is `enabled`; `subscribers` are who it passes them on to, by a name of your choice: `protocol` and `endpoint`.
    - `anomalies`: whether unusual costs of a service are looked for: told are those of `above` in the account's currency. `monitor` names the monitor of services that is there (`arn`):
      an account has one. Null: nothing is looked for.
  TEXT
  type = object({
    limit   = object({ amount = number, currency = optional(string, "USD") })
    filters = optional(map(set(string)), {})
    alerts  = optional(object({ actual = optional(set(number), [80, 100]), forecast = optional(set(number), [100]) }), {})
    emails  = optional(set(string), [])
    topic = optional(object({
      enabled     = optional(bool, false)
      subscribers = optional(map(object({ protocol = string, endpoint = string })), {})
    }), {})
    anomalies = optional(object({ above = optional(number, 100), monitor = optional(object({ arn = string })) }))
  })
  nullable = false

  validation {
    condition     = var.budget.limit.amount > 0
    error_message = "budget.limit.amount is ${var.budget.limit.amount}; it takes more than 0."
  }

  validation {
    condition     = can(regex("^[A-Z]{3}$", var.budget.limit.currency))
    error_message = "budget.limit.currency is ${jsonencode(var.budget.limit.currency)}; it takes three capitals, the account's currency: USD."
  }

  validation {
    condition     = alltrue([for values in values(var.budget.filters) : length(values) > 0])
    error_message = "budget.filters has ${join(", ", [for name, values in var.budget.filters : name if length(values) == 0])} without a value; name one, or leave the filter out."
  }

  validation {
    condition     = alltrue([for percent in concat(tolist(var.budget.alerts.actual), tolist(var.budget.alerts.forecast)) : percent > 0 && percent <= 1000])
    error_message = "budget.alerts is ${jsonencode(var.budget.alerts)}; each is a percentage of the limit: 80, not 0.8."
  }

  # What AWS documents for one budget.
  validation {
    condition     = contains(range(1, 6), length(var.budget.alerts.actual) + length(var.budget.alerts.forecast))
    error_message = "budget.alerts has ${length(var.budget.alerts.actual) + length(var.budget.alerts.forecast)} alerts; a budget has 1 to 5."
  }

  validation {
    condition     = length(var.budget.emails) <= 10 && alltrue([for address in var.budget.emails : can(regex("^[^@ ]+@[^@ ]+[.][^@ ]+$", address))])
    error_message = "budget.emails is ${jsonencode(var.budget.emails)}; it takes up to 10 addresses."
  }

  validation {
    condition     = length(var.budget.emails) > 0 || var.budget.topic.enabled
    error_message = "budget has neither emails nor a topic; a budget without a reader limits nothing: name an address, or set topic.enabled."
  }

  validation {
    condition     = length(var.budget.topic.subscribers) == 0 || var.budget.topic.enabled
    error_message = "budget.topic has the subscribers ${join(", ", keys(var.budget.topic.subscribers))} and is not enabled; set topic.enabled."
  }

  validation {
    condition     = alltrue([for one in values(var.budget.topic.subscribers) : contains(["email", "https", "lambda", "sqs"], one.protocol)])
    error_message = "budget.topic.subscribers has the protocols ${join(", ", [for one in values(var.budget.topic.subscribers) : one.protocol])}; they are email, https, lambda and sqs."
  }

  validation {
    condition     = var.budget.anomalies == null ? true : var.budget.anomalies.above > 0
    error_message = "budget.anomalies.above is ${jsonencode(try(var.budget.anomalies.above, null))}; it takes more than 0."
  }
}
