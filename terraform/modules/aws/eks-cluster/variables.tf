variable "context" {
  description = "Whose cluster it is: `name` is the cluster's name and the first part of every other name, `tags` are put on everything, and the policy `boundary_arn` limits every role (null: none does)."
  type        = object({ name = string, tags = optional(map(string), {}), boundary_arn = optional(string) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.context.name)) && length(var.context.name) <= 40
    error_message = "context.name is ${jsonencode(var.context.name)}; it takes lower-case words joined by single dashes, 40 characters at most: shorten or respell it."
  }
}

variable "eks_cluster" {
  description = <<-TEXT
    The cluster:
    - `version`: of Kubernetes, as `1.35`. EKS updates by one minor version at a time, and never back.
    - `subnets`: ids of private subnets in two zones or more, for the API's addresses and for the nodes.
    - `keys`: ARNs of keys: `data` encrypts Kubernetes secrets, the disks of nodes and the volumes of pods, `logs` the control plane's logs. The policy of `data` must
      name the role of Auto Scaling, that of `logs` must name CloudWatch Logs, as in the example.
    - `access`: who may do what, by names of yours. `role` is a role's ARN; `may` is `administer-cluster`, `administer`, `edit`, `view` or `view-everything`, in these
      `namespaces` or, without any, in all; `groups` are groups that the cluster's own RBAC knows. Where only `groups` is given, `may` is null.
      All others are kept out, so one role at least must administer the cluster.
    - `public_from`: ranges of addresses from which the API can be reached over the internet. Empty: it can be reached from inside the network only.
    - `clients`: what reaches the API from inside the network besides nodes, by names of yours: a `cidr` or a `security_group`.
    - `node_groups`: by name. `instances` are instance types of one architecture, `size` says how many nodes there are at least and at most. `image` is
      `BOTTLEROCKET_x86_64`, `BOTTLEROCKET_ARM_64`, `AL2023_x86_64_STANDARD` or `AL2023_ARM_64_STANDARD`, in the `release` of EKS (null: the newest at the apply).
      `disk_gb`, `spot`, `labels` and `taints` as Kubernetes and EC2 know them; `subnets` where the group is not to span all of the cluster's;
      `unavailable_percent` is how many nodes an update may take at once.
    - `addons`: versions and settings (JSON) of EKS add-ons, and further ones, by name. `vpc-cni` (which enforces network policies), `kube-proxy`, `coredns` and
      `eks-pod-identity-agent` are always there; `aws-ebs-csi-driver` gets a role of its own. `version` null: the one that EKS takes for the
      cluster's version. `identity` gives a `service_account` of an add-on the role with the ARN `role`.
    - `log_days`: how long the control plane's logs are kept; 0: for ever.
    - `service_cidr`: addresses of Kubernetes services, /12 to /24; they must not occur in the network. Null: EKS takes 10.100.0.0/16 or 172.20.0.0/16.
    - `extended_support`: whether AWS leaves the cluster at a version that has left standard support, for a fee. Otherwise AWS updates it.
    - `zonal_shift`: whether AWS may lead traffic away from a zone that is impaired.
    - `protected`: whether deleting the cluster is refused.
  TEXT
  type = object({
    version = optional(string, "1.35")
    subnets = list(string)
    keys    = object({ data = string, logs = string })
    access = map(object({
      role       = string
      may        = optional(string)
      namespaces = optional(set(string), [])
      groups     = optional(set(string), [])
    }))
    public_from = optional(set(string), [])
    clients     = optional(map(object({ cidr = optional(string), security_group = optional(string) })), {})
    node_groups = map(object({
      instances           = list(string)
      size                = object({ min = number, max = number })
      image               = optional(string, "BOTTLEROCKET_x86_64")
      release             = optional(string)
      disk_gb             = optional(number, 50)
      spot                = optional(bool, false)
      labels              = optional(map(string), {})
      taints              = optional(list(object({ key = string, value = optional(string), effect = string })), [])
      subnets             = optional(list(string))
      unavailable_percent = optional(number, 33)
    }))
    addons = optional(map(object({
      version  = optional(string)
      settings = optional(string)
      identity = optional(object({ service_account = string, role = string }))
    })), {})
    log_days         = optional(number, 365)
    service_cidr     = optional(string)
    extended_support = optional(bool, false)
    zonal_shift      = optional(bool, false)
    protected        = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^1[.][0-9]{2}$", var.eks_cluster.version))
    error_message = "eks_cluster.version is ${jsonencode(var.eks_cluster.version)}; it takes major and minor version in quotes: \"1.35\"."
  }

  validation {
    condition     = length(var.eks_cluster.subnets) >= 2
    error_message = "eks_cluster.subnets has ${length(var.eks_cluster.subnets)} subnets; EKS wants two at least, in different zones."
  }

  validation {
    condition     = alltrue([for key in values(var.eks_cluster.keys) : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", key))])
    error_message = "eks_cluster.keys is ${jsonencode(var.eks_cluster.keys)}; data and logs take the ARN of a key, not its id or alias."
  }

  validation {
    condition     = length([for entry in values(var.eks_cluster.access) : entry if try(entry.may == "administer-cluster" && length(entry.namespaces) == 0, false)]) > 0
    error_message = "eks_cluster.access has no role that may administer-cluster, and creating the cluster gives no access: name one, or it is closed to everyone."
  }

  validation {
    condition     = alltrue([for entry in values(var.eks_cluster.access) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*?]+$", entry.role))])
    error_message = "eks_cluster.access has the roles ${join(", ", [for entry in values(var.eks_cluster.access) : entry.role])}; role takes the ARN of one role: arn:aws:iam::111122223333:role/platform."
  }

  validation {
    condition = alltrue([
      for entry in values(var.eks_cluster.access) :
      entry.may == null ? length(entry.groups) > 0 : contains(["administer-cluster", "administer", "edit", "view", "view-everything"], coalesce(entry.may, "?"))
    ])
    error_message = "eks_cluster.access has roles that may ${jsonencode([for entry in values(var.eks_cluster.access) : entry.may])}; may takes administer-cluster, administer, edit, view or view-everything, or null where groups are given."
  }

  validation {
    condition     = alltrue(flatten([for entry in values(var.eks_cluster.access) : [for group in entry.groups : !can(regex("^(system|eks|aws|amazon|iam):", group))]]))
    error_message = "eks_cluster.access has the groups ${join(", ", flatten([for entry in values(var.eks_cluster.access) : tolist(entry.groups)]))}; EKS keeps groups that begin with system:, eks:, aws:, amazon: and iam: for itself: take another name."
  }

  validation {
    condition     = alltrue([for cidr in var.eks_cluster.public_from : can(cidrnetmask(cidr)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "eks_cluster.public_from has ${join(", ", var.eks_cluster.public_from)}; it takes IPv4 ranges of yours, from /8 to /32, and not the whole internet: 203.0.113.0/24."
  }

  validation {
    condition     = alltrue([for client in values(var.eks_cluster.clients) : (client.cidr == null) != (client.security_group == null)])
    error_message = "eks_cluster.clients has ${jsonencode(var.eks_cluster.clients)}; each takes either cidr or security_group."
  }

  validation {
    condition = alltrue([
      for client in values(var.eks_cluster.clients) : client.cidr == null || (can(cidrnetmask(client.cidr)) && try(tonumber(split("/", client.cidr)[1]) >= 8, false))
    ])
    error_message = "eks_cluster.clients has the ranges ${join(", ", compact([for client in values(var.eks_cluster.clients) : client.cidr]))}; cidr takes an IPv4 range from /8 to /32: 10.10.192.0/21."
  }

  validation {
    condition = length(var.eks_cluster.node_groups) > 0 && alltrue([
      for name, group in var.eks_cluster.node_groups : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name)) && length(name) <= 30
    ])
    error_message = "eks_cluster.node_groups has the groups ${join(", ", keys(var.eks_cluster.node_groups))}; one is needed at least, since add-ons run on nodes, and a name takes 30 lower-case letters, digits and single dashes."
  }

  validation {
    condition = alltrue([
      for group in values(var.eks_cluster.node_groups) : group.size.min >= 0 && group.size.max >= max(group.size.min, 1)
    ])
    error_message = "eks_cluster.node_groups has the sizes ${jsonencode({ for name, group in var.eks_cluster.node_groups : name => group.size })}; size takes 0 <= min <= max, and max 1 at least."
  }

  validation {
    condition = alltrue([
      for group in values(var.eks_cluster.node_groups) :
      contains(["BOTTLEROCKET_x86_64", "BOTTLEROCKET_ARM_64", "AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"], group.image)
    ])
    error_message = "eks_cluster.node_groups has the images ${join(", ", [for group in values(var.eks_cluster.node_groups) : group.image])}; image takes BOTTLEROCKET_x86_64, BOTTLEROCKET_ARM_64, AL2023_x86_64_STANDARD or AL2023_ARM_64_STANDARD."
  }

  # AWS's processors have a g after the generation's number: m7g, c8gn, r6gd, t4g.
  validation {
    condition = alltrue(flatten([
      for group in values(var.eks_cluster.node_groups) : [
        length(group.instances) > 0,
        [for type in group.instances : can(regex("^([a-z]+[0-9]+g[a-z]*|a1)[.]", type)) == strcontains(group.image, "ARM_64")],
      ]
    ]))
    error_message = "eks_cluster.node_groups has ${jsonencode({ for name, group in var.eks_cluster.node_groups : name => { image = group.image, instances = group.instances } })}; instances takes one type at least, of the image's architecture: m7g.large for ARM_64, m7i.large for x86_64."
  }

  validation {
    condition     = alltrue([for group in values(var.eks_cluster.node_groups) : group.disk_gb >= 20 && group.unavailable_percent >= 1 && group.unavailable_percent <= 100])
    error_message = "eks_cluster.node_groups has disks of ${join(", ", [for group in values(var.eks_cluster.node_groups) : group.disk_gb])} GB and updates of ${join(", ", [for group in values(var.eks_cluster.node_groups) : group.unavailable_percent])} percent at once; disk_gb takes 20 at least, unavailable_percent 1 to 100."
  }

  validation {
    condition = alltrue(flatten([
      for group in values(var.eks_cluster.node_groups) : [for taint in group.taints : contains(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"], taint.effect)]
    ]))
    error_message = "eks_cluster.node_groups has the taints ${jsonencode(flatten([for group in values(var.eks_cluster.node_groups) : group.taints]))}; effect takes NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE."
  }

  validation {
    condition     = alltrue([for addon in values(var.eks_cluster.addons) : try(addon.version == null || can(regex("^v[0-9]+[.][0-9]+[.][0-9]+-eksbuild[.][0-9]+$", addon.version)), false)])
    error_message = "eks_cluster.addons has the versions ${join(", ", compact([for addon in values(var.eks_cluster.addons) : addon.version]))}; a version is written as EKS does: v1.20.4-eksbuild.1."
  }

  validation {
    condition     = alltrue([for addon in values(var.eks_cluster.addons) : try(addon.settings == null || can(keys(jsondecode(addon.settings))), false)])
    error_message = "eks_cluster.addons has the settings ${join(", ", compact([for addon in values(var.eks_cluster.addons) : addon.settings]))}; settings takes an object in JSON: jsonencode({ replicaCount = 3 })."
  }

  validation {
    condition     = try(tostring(jsondecode(var.eks_cluster.addons["vpc-cni"].settings).enableNetworkPolicy) == "true", true)
    error_message = "eks_cluster.addons switches network policies of vpc-cni off, and then none is enforced: leave enableNetworkPolicy out."
  }

  validation {
    condition = contains(
      [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      var.eks_cluster.log_days
    )
    error_message = "eks_cluster.log_days is ${var.eks_cluster.log_days}; CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 days, for 3 to 10 years as 1096, 1827, 2192, 2557, 2922, 3288, 3653, or for ever: 0."
  }

  validation {
    condition = try(
      cidrhost(var.eks_cluster.service_cidr, 0) == split("/", var.eks_cluster.service_cidr)[0] && cidrnetmask(var.eks_cluster.service_cidr) != "" &&
      contains(range(12, 25), tonumber(split("/", var.eks_cluster.service_cidr)[1])) && can(regex("^(10|172|192)[.]", var.eks_cluster.service_cidr)),
      var.eks_cluster.service_cidr == null
    )
    error_message = "eks_cluster.service_cidr is ${jsonencode(var.eks_cluster.service_cidr)}; it takes a private IPv4 range from /12 to /24 that starts at its first address: 172.20.0.0/16."
  }
}
