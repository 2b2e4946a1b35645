# By a prefix: a group that must be replaced is there beside its successor until pods have moved.
resource "aws_eks_node_group" "this" {
  for_each = var.eks_cluster.node_groups

  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "${each.key}-"
  node_role_arn          = aws_iam_role.node.arn
  subnet_ids             = coalesce(each.value.subnets, var.eks_cluster.subnets)
  version                = aws_eks_cluster.this.version
  release_version        = each.value.release
  ami_type               = each.value.image
  capacity_type          = each.value.spot ? "SPOT" : "ON_DEMAND"
  instance_types         = each.value.instances
  labels                 = each.value.labels
  tags                   = var.context.tags

  launch_template {
    id      = aws_launch_template.this[each.key].id
    version = aws_launch_template.this[each.key].latest_version
  }

  scaling_config {
    min_size     = each.value.size.min
    desired_size = each.value.size.min
    max_size     = each.value.size.max
  }

  update_config {
    max_unavailable_percentage = each.value.unavailable_percent
  }

  # Replaces a node that has not been ready for a while.
  node_repair_config {
    enabled = true
  }

  dynamic "taint" {
    for_each = each.value.taints

    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }

  # How many there are within the bounds is the autoscaler's to say.
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [scaling_config[0].desired_size]
  }

  # Nodes that cannot join, or have no network, never become ready.
  depends_on = [aws_eks_addon.per_node, aws_iam_role_policy_attachment.node]
}

resource "aws_launch_template" "this" {
  for_each = var.eks_cluster.node_groups

  name                   = "${var.context.name}-${each.key}"
  description            = "Nodes of the group ${each.key} of the cluster ${var.context.name}"
  update_default_version = true
  tags                   = var.context.tags

  # One hop: a container does not reach the credentials of its node.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  network_interfaces {
    device_index                = 0
    associate_public_ip_address = false
    delete_on_termination       = true
    security_groups             = [aws_eks_cluster.this.vpc_config[0].cluster_security_group_id]
  }

  dynamic "block_device_mappings" {
    for_each = startswith(each.value.image, "BOTTLEROCKET") ? { "/dev/xvda" = null, "/dev/xvdb" = each.value.disk_gb } : { "/dev/xvda" = each.value.disk_gb }

    content {
      device_name = block_device_mappings.key

      ebs {
        volume_size           = block_device_mappings.value # null: as the image has it
        volume_type           = "gp3"
        encrypted             = true
        kms_key_id            = var.eks_cluster.keys.data
        delete_on_termination = true
      }
    }
  }

  dynamic "tag_specifications" {
    for_each = toset(["instance", "network-interface", "volume"])

    content {
      resource_type = tag_specifications.key
      tags          = merge(var.context.tags, { Name = "${var.context.name}-${each.key}" })
    }
  }
}
