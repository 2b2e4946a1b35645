variable "context" {
  description = "Whose cluster it is: `name`, the environment's, is the cluster's name in Argo CD and the first part of its secret's. Tags are of AWS, so none are taken here."
  type        = object({ name = string })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 55
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 55 characters at most: shorten or respell it."
  }
}

variable "argocd_bootstrap" {
  description = <<-TEXT
    What Argo CD begins with:
    - `charts`: exact versions of the charts `argo-cd` (`argocd`) and `argocd-apps` (`apps`), and the `repository` that both are in: `https://…` or `oci://…`.
    - `images`: the images of `argocd` and `redis`, each as `<repository>:<tag>@sha256:<digest>`.
    - `root`: the folder from which everything else comes: `repository` (the address of a git repository), `revision` and `path`.
    - `labels`: what generators select the cluster by, such as `environment`.
    - `facts`: what manifests need to know of the environment, such as its VPC's id or a role's ARN, by names such as `causeway/vpc`. All of it can be read by
      every administrator of Argo CD, so never a secret.
    - `protected`: whether `revision` must be a commit or a version's tag, so that what runs changes by a reviewed change of this value alone; and whether the end of the root application leaves what it made.
  TEXT
  type = object({
    charts = object({
      argocd     = string
      apps       = string
      repository = optional(string, "https://argoproj.github.io/argo-helm")
    })
    images    = object({ argocd = string, redis = string })
    root      = object({ repository = string, revision = string, path = string })
    labels    = optional(map(string), {})
    facts     = optional(map(string), {})
    protected = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = alltrue([for version in [var.argocd_bootstrap.charts.argocd, var.argocd_bootstrap.charts.apps] : can(regex("^[0-9]+[.][0-9]+[.][0-9]+$", version))])
    error_message = "argocd_bootstrap.charts has the versions ${var.argocd_bootstrap.charts.argocd} and ${var.argocd_bootstrap.charts.apps}; a version takes three numbers, 9.1.4, not a range."
  }

  validation {
    condition     = can(regex("^(https|oci)://[^ ]+$", var.argocd_bootstrap.charts.repository))
    error_message = "argocd_bootstrap.charts.repository is ${jsonencode(var.argocd_bootstrap.charts.repository)}; it takes an address that begins with https:// or oci://."
  }

  validation {
    condition     = alltrue([for image in values(var.argocd_bootstrap.images) : can(regex("^[a-z0-9][a-zA-Z0-9.:/_-]*:[A-Za-z0-9_][A-Za-z0-9_.-]*@sha256:[0-9a-f]{64}$", image))])
    error_message = "argocd_bootstrap.images is ${jsonencode(var.argocd_bootstrap.images)}; an image takes tag and digest: quay.io/argoproj/argocd:v3.2.1@sha256:<64 hexadecimal digits>."
  }

  validation {
    condition     = can(regex("^(https://|ssh://|git@)[^ *]+$", var.argocd_bootstrap.root.repository))
    error_message = "argocd_bootstrap.root.repository is ${jsonencode(var.argocd_bootstrap.root.repository)}; it takes one git repository by https or ssh, without wildcards: https://github.com/example/platform."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9_-][A-Za-z0-9._/-]*$", var.argocd_bootstrap.root.path)) && !strcontains(var.argocd_bootstrap.root.path, "..")
    error_message = "argocd_bootstrap.root.path is ${jsonencode(var.argocd_bootstrap.root.path)}; it takes a folder below the repository's root, without a slash at its beginning: argocd/root."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/-]*$", var.argocd_bootstrap.root.revision)) && var.argocd_bootstrap.root.revision != "HEAD"
    error_message = "argocd_bootstrap.root.revision is ${jsonencode(var.argocd_bootstrap.root.revision)}; it takes a commit, a tag or a branch by its name, and not HEAD."
  }

  validation {
    condition     = !var.argocd_bootstrap.protected || can(regex("^([0-9a-f]{40}|v[0-9]+[.][0-9]+[.][0-9]+)$", var.argocd_bootstrap.root.revision))
    error_message = "argocd_bootstrap.root.revision is ${jsonencode(var.argocd_bootstrap.root.revision)}, and the environment is protected; name a whole commit or the tag of a version, v1.2.3, or set protected to false."
  }

  validation {
    condition = alltrue([
      for key in concat(keys(var.argocd_bootstrap.labels), keys(var.argocd_bootstrap.facts)) :
      can(regex("^([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$", key)) && !startswith(key, "argocd.argoproj.io/")
    ])
    error_message = "argocd_bootstrap has the labels ${join(", ", keys(var.argocd_bootstrap.labels))} and facts ${join(", ", keys(var.argocd_bootstrap.facts))}; a name takes letters, digits, dots, dashes and underscores, with a domain and a slash before it where you like, other than argocd.argoproj.io."
  }

  validation {
    condition     = alltrue([for value in values(var.argocd_bootstrap.labels) : can(regex("^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$", value))])
    error_message = "argocd_bootstrap.labels is ${jsonencode(var.argocd_bootstrap.labels)}; a label's value takes 63 letters, digits, dots, dashes and underscores: give anything else as a fact."
  }
}
