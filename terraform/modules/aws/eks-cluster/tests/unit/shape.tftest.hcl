# What a description becomes. Nothing here needs a cloud.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_eks_addon_version" {
    defaults = { version = "v1.0.0-eksbuild.1" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/made" }
  }
}

variables {
  context = { name = "dev", tags = { owner = "platform-team" } }
  eks_cluster = {
    subnets     = ["subnet-0a", "subnet-0b"]
    keys        = { data = "arn:aws:kms:eu-central-1:111122223333:key/data", logs = "arn:aws:kms:eu-central-1:111122223333:key/logs" }
    access      = { platform = { role = "arn:aws:iam::111122223333:role/platform", may = "administer-cluster" } }
    node_groups = { general = { instances = ["m7i.large"], size = { min = 2, max = 4 } } }
  }
}

run "what_is_not_said_is_safe" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "The API of a cluster with defaults is ${jsonencode(aws_eks_cluster.this.vpc_config)}."
  }

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions && !aws_eks_cluster.this.bootstrap_self_managed_addons
    error_message = "A cluster with defaults gives access by ${jsonencode(aws_eks_cluster.this.access_config)}."
  }

  assert {
    condition     = aws_eks_cluster.this.deletion_protection && aws_eks_cluster.this.version == "1.35" && one(aws_eks_cluster.this.upgrade_policy).support_type == "STANDARD"
    error_message = "A cluster with defaults can be deleted, or stays at a version that costs more."
  }

  assert {
    condition     = length(aws_eks_cluster.this.enabled_cluster_log_types) == 5 && aws_cloudwatch_log_group.this.name == "/aws/eks/dev/cluster" && aws_cloudwatch_log_group.this.retention_in_days == 365 && aws_cloudwatch_log_group.this.kms_key_id == var.eks_cluster.keys.logs
    error_message = "The logs are ${jsonencode(aws_cloudwatch_log_group.this)}."
  }

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.eks_cluster.keys.data
    error_message = "Secrets are encrypted by ${jsonencode(aws_eks_cluster.this.encryption_config)}."
  }
}

run "nodes_are_closed_and_encrypted" {
  command = plan

  variables {
    eks_cluster = merge(var.eks_cluster, {
      node_groups = {
        general = { instances = ["m7i.large"], size = { min = 2, max = 4 } }
        arm     = { instances = ["m8g.large", "c7gn.xlarge"], size = { min = 0, max = 1 }, image = "AL2023_ARM_64_STANDARD", disk_gb = 80, spot = true }
      }
    })
  }

  assert {
    condition = alltrue([
      for template in values(aws_launch_template.this) :
      template.metadata_options[0].http_tokens == "required" && template.metadata_options[0].http_put_response_hop_limit == 1 && template.network_interfaces[0].associate_public_ip_address == "false"
    ])
    error_message = "A container reaches the credentials of its node, or the node has a public address."
  }

  assert {
    condition = alltrue(flatten([
      for template in values(aws_launch_template.this) : [for disk in template.block_device_mappings : disk.ebs[0].encrypted == "true" && disk.ebs[0].kms_key_id == var.eks_cluster.keys.data]
    ]))
    error_message = "The disks are ${jsonencode({ for name, template in aws_launch_template.this : name => template.block_device_mappings })}."
  }

  # Bottlerocket keeps its system and its data apart.
  assert {
    condition     = [for disk in aws_launch_template.this["general"].block_device_mappings : disk.device_name] == ["/dev/xvda", "/dev/xvdb"] && aws_launch_template.this["general"].block_device_mappings[1].ebs[0].volume_size == 50 && aws_launch_template.this["arm"].block_device_mappings[0].ebs[0].volume_size == 80
    error_message = "The disks are ${jsonencode({ for name, template in aws_launch_template.this : name => template.block_device_mappings })}."
  }

  assert {
    condition     = aws_eks_node_group.this["arm"].capacity_type == "SPOT" && aws_eks_node_group.this["general"].ami_type == "BOTTLEROCKET_x86_64" && aws_eks_node_group.this["general"].subnet_ids == toset(["subnet-0a", "subnet-0b"])
    error_message = "The groups are ${jsonencode(aws_eks_node_group.this)}."
  }

  assert {
    condition     = keys(aws_iam_role_policy_attachment.node) == ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"]
    error_message = "Nodes may do ${join(", ", keys(aws_iam_role_policy_attachment.node))}."
  }
}

run "network_policies_are_enforced_whatever_else_is_set" {
  command = plan

  variables {
    eks_cluster = merge(var.eks_cluster, {
      addons = {
        vpc-cni            = { settings = jsonencode({ env = { ENABLE_PREFIX_DELEGATION = "true" } }) }
        coredns            = { version = "v1.12.4-eksbuild.1" }
        aws-ebs-csi-driver = {}
      }
    })
  }

  assert {
    condition     = jsondecode(aws_eks_addon.per_node["vpc-cni"].configuration_values) == { enableNetworkPolicy = "true", env = { ENABLE_PREFIX_DELEGATION = "true" } }
    error_message = "The settings are ${aws_eks_addon.per_node["vpc-cni"].configuration_values}."
  }

  assert {
    condition     = keys(aws_eks_addon.per_node) == ["eks-pod-identity-agent", "kube-proxy", "vpc-cni"] && { for name, addon in aws_eks_addon.others : name => addon.addon_version } == { aws-ebs-csi-driver = "v1.0.0-eksbuild.1", coredns = "v1.12.4-eksbuild.1" }
    error_message = "The add-ons are ${join(", ", concat(keys(aws_eks_addon.per_node), keys(aws_eks_addon.others)))}."
  }

  assert {
    condition     = { for name, role in aws_iam_role_policy_attachment.addon : name => role.policy_arn } == { vpc-cni = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy", aws-ebs-csi-driver = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy" } && length(aws_iam_role_policy.volumes) == 1
    error_message = "The add-ons' roles are ${jsonencode(aws_iam_role_policy_attachment.addon)}."
  }
}

run "access_is_to_namespaces_where_they_are_named" {
  command = plan

  variables {
    eks_cluster = merge(var.eks_cluster, {
      access = {
        platform = { role = "arn:aws:iam::111122223333:role/platform", may = "administer-cluster" }
        shop     = { role = "arn:aws:iam::111122223333:role/shop", may = "edit", namespaces = ["shop"] }
        auditors = { role = "arn:aws:iam::111122223333:role/auditors", groups = ["auditors"] }
      }
      public_from = ["203.0.113.0/24"]
      clients     = { office = { cidr = "10.0.0.0/16" } }
    })
  }

  assert {
    condition = jsonencode({ for name, association in aws_eks_access_policy_association.this : name => [association.policy_arn, association.access_scope[0].type, association.access_scope[0].namespaces] }) == jsonencode({
      platform = ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", "cluster", null]
      shop     = ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy", "namespace", ["shop"]]
    })
    error_message = "Access is ${jsonencode(aws_eks_access_policy_association.this)}."
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["203.0.113.0/24"]) && aws_vpc_security_group_ingress_rule.client["office"].from_port == 443
    error_message = "The API is reached by ${jsonencode(aws_eks_cluster.this.vpc_config)}."
  }
}
