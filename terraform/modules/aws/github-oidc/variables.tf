variable "context" {
  description = "Whose roles they are: `name` is the first part of each role's name, `tags` are put on roles, policies and provider."
  type        = object({ name = string, tags = optional(map(string), {}) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name))
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes: respell it."
  }
}

variable "github_oidc" {
  description = <<-TEXT
    What workflows of a repository may do:
    - `repository`: `owner` and `name` as GitHub spells them, and the numbers of both, `owner_id` and `id`: a name can be given to another repository, a number cannot.
      `gh api repos/<owner>/<name> --jq '.owner.id, .id'` prints them. `subject` says what the tokens name: `ids` (`repo:<owner>@<owner_id>/<name>@<id>:…`, as of every
      repository that was made, renamed or transferred after 2026-07-15), `names` (`repo:<owner>/<name>:…`, of older ones), or `both`, while a repository moves from
      one to the other.
    - `existing`: the identity provider, where the account has it already: `arn`. An account has one for GitHub. Null: this module makes it.
    - `plan`: the role of pull requests, which reads, where it is `enabled`. `policies` are the ARNs of what it may read, by a name of your choice; null: AWS's
      `ViewOnlyAccess` and `SecurityAudit`. `states` are the states it may read (keys of objects, `*` stands for anything). Whatever the policies allow, it reads no data: no
      object, item, message, log line, secret or parameter, but those whose ARNs `data` has. `hours` is how long a session lasts.
    - `environments`: a role for each environment of GitHub that applies, by the environment's name: `policies` are the ARNs of what it may do, by a name of your
      choice; `refs` the branches or tags whose workflows may take it; `states` the states it may read and write (null: `envs/<environment>/*`); `hours` as above.
    - `state`: the bucket of the states and its key, as module `state-backend` has them: `bucket_arn`, `key_arn`. Null: the roles reach no state.
    - `boundary`: what no role here can exceed, whatever is attached to it. `existing` names a policy that is there (`arn`). Without it this module makes one that allows
      `services` (null: all; names as in actions, such as `dynamodb`), refuses the actions `denies` and any change of itself, of the roles here and of the provider. `inherited`
      says whether roles that are made by them must have the same boundary: without that, a role that applies can make another one that has no limit.
  TEXT
  type = object({
    repository = object({
      owner    = string
      name     = string
      owner_id = string
      id       = string
      subject  = optional(string, "ids")
    })
    existing = optional(object({ arn = string }))
    plan = optional(object({
      enabled  = optional(bool, true)
      policies = optional(map(string))
      states   = optional(set(string), ["*"])
      data     = optional(set(string), [])
      hours    = optional(number, 1)
    }), {})
    environments = optional(map(object({
      policies = map(string)
      refs     = optional(set(string), ["refs/heads/main"])
      states   = optional(set(string))
      hours    = optional(number, 1)
    })), {})
    state = optional(object({ bucket_arn = string, key_arn = string }))
    boundary = optional(object({
      existing = optional(object({ arn = string }))
      services = optional(set(string))
      denies = optional(set(string), [
        "cloudtrail:DeleteTrail", "cloudtrail:StopLogging", "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateUser", "organizations:LeaveOrganization",
      ])
      inherited = optional(bool, true)
    }), {})
  })
  nullable = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", var.github_oidc.repository.owner)) && can(regex("^[A-Za-z0-9._-]{1,100}$", var.github_oidc.repository.name))
    error_message = "github_oidc.repository is ${jsonencode("${var.github_oidc.repository.owner}/${var.github_oidc.repository.name}")}; owner and name take the exact names, without wildcards and slashes."
  }

  validation {
    condition     = alltrue([for id in [var.github_oidc.repository.owner_id, var.github_oidc.repository.id] : can(regex("^[1-9][0-9]*$", id))])
    error_message = "github_oidc.repository has the numbers ${jsonencode([var.github_oidc.repository.owner_id, var.github_oidc.repository.id])}; `gh api repos/<owner>/<name> --jq '.owner.id, .id'` prints what owner_id and id take."
  }

  validation {
    condition     = contains(["ids", "names", "both"], var.github_oidc.repository.subject)
    error_message = "github_oidc.repository.subject is ${jsonencode(var.github_oidc.repository.subject)}; it takes ids, names or both."
  }

  validation {
    condition     = var.github_oidc.existing == null || can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token[.]actions[.]githubusercontent[.]com$", var.github_oidc.existing.arn))
    error_message = "github_oidc.existing.arn is ${jsonencode(try(var.github_oidc.existing.arn, null))}; it takes the ARN of GitHub's provider: arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com."
  }

  # GitHub writes other characters encoded into the subject.
  validation {
    condition     = alltrue([for name in keys(var.github_oidc.environments) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]*$", name)) && length("${var.context.name}-apply-${name}") <= 64])
    error_message = "github_oidc.environments has ${join(", ", keys(var.github_oidc.environments))}; a name takes letters, digits, dashes and underscores, and <context.name>-apply-<name> 64 characters at most."
  }

  validation {
    condition     = alltrue([for environment in values(var.github_oidc.environments) : length(environment.policies) > 0])
    error_message = "github_oidc.environments has ${join(", ", [for name, environment in var.github_oidc.environments : name if length(environment.policies) == 0])} without policies; name at least one: a role that may do nothing applies nothing."
  }

  validation {
    condition     = alltrue([for arn in flatten([for environment in values(var.github_oidc.environments) : values(environment.policies)]) : !can(regex("/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$", arn))])
    error_message = "github_oidc.environments has ${join(", ", distinct(flatten([for environment in values(var.github_oidc.environments) : values(environment.policies)])))}; name policies of what is applied, not one that allows everything."
  }

  validation {
    condition = alltrue([
      for environment in values(var.github_oidc.environments) : length(environment.refs) > 0 && alltrue([for ref in environment.refs : can(regex("^refs/(heads|tags)/[^*?]+$", ref))])
    ])
    error_message = "github_oidc.environments has the refs ${jsonencode({ for name, environment in var.github_oidc.environments : name => environment.refs })}; name each in full and without wildcards: refs/heads/main."
  }

  validation {
    condition = alltrue([
      for hours in concat([for environment in values(var.github_oidc.environments) : environment.hours], [var.github_oidc.plan.hours]) : contains(range(1, 13), hours)
    ])
    error_message = "github_oidc has sessions of ${jsonencode(concat([for environment in values(var.github_oidc.environments) : environment.hours], [var.github_oidc.plan.hours]))} hours; AWS takes whole hours from 1 to 12."
  }

  validation {
    condition = alltrue([
      for state in flatten([for environment in values(var.github_oidc.environments) : environment.states == null ? [] : tolist(environment.states)]) :
      can(regex("^[A-Za-z0-9_.-][A-Za-z0-9_./-]*[*]?$", state))
    ])
    error_message = "github_oidc.environments has the states ${jsonencode({ for name, environment in var.github_oidc.environments : name => environment.states })}; a role writes states that are named, as a key or as a folder: envs/dev/*, not *."
  }

  validation {
    condition     = alltrue([for service in coalesce(var.github_oidc.boundary.services, []) : can(regex("^[a-z0-9-]+$", service))])
    error_message = "github_oidc.boundary.services has ${jsonencode(var.github_oidc.boundary.services)}; it takes names as actions begin with: dynamodb, not dynamodb:*."
  }
}
