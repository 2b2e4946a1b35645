locals {
  # Graviton: a g after the generation, as in m7g.large.
  architecture = can(regex("^[a-z]+[0-9]+g[a-z]*\\.", var.ecs_cluster.instances.type)) ? "arm64" : "x86_64"
  image        = var.ecs_cluster.image == null ? data.aws_ssm_parameter.image[0].insecure_value : var.ecs_cluster.image

  # The agent reads it when the instance starts. Tasks have roles of their own: the instance's credentials are not for them, neither with a
  # network interface of theirs (ECS_AWSVPC_BLOCK_IMDS) nor behind the instance's (the metadata service answers one hop away only).
  agent = {
    ECS_CLUSTER                 = aws_ecs_cluster.this.name
    ECS_AWSVPC_BLOCK_IMDS       = "true"
    ECS_DISABLE_PRIVILEGED      = "true"
    ECS_DYNAMIC_HOST_PORT_RANGE = "${local.task_ports.from}-${local.task_ports.to}"
    ECS_IMAGE_PULL_BEHAVIOR     = "prefer-cached" # images are named by digest
  }
}

data "aws_ssm_parameter" "image" {
  count = var.ecs_cluster.image == null ? 1 : 0

  name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/${local.architecture == "arm64" ? "arm64/" : ""}recommended/image_id"
}

resource "aws_launch_template" "this" {
  name                   = local.name
  description            = "Instances of cluster ${local.name}"
  image_id               = local.image
  instance_type          = var.ecs_cluster.instances.type
  update_default_version = true
  tags                   = var.context.tags

  user_data = base64encode(join("\n", [
    "#!/bin/sh",
    "cat >> /etc/ecs/ecs.config <<'END'",
    join("\n", [for name, value in local.agent : "${name}=${value}"]),
    "END",
    "",
  ]))

  iam_instance_profile {
    arn = aws_iam_instance_profile.instance.arn
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  network_interfaces {
    associate_public_ip_address = var.ecs_cluster.instances.public_address
    delete_on_termination       = true
    security_groups             = [aws_security_group.instance.id]
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.ecs_cluster.instances.disk_gb
      encrypted             = true
      kms_key_id            = var.ecs_cluster.instances.kms_key_arn
      delete_on_termination = true
    }
  }

  # By the minute, paid by use.
  monitoring {
    enabled = var.ecs_cluster.insights != "disabled"
  }

  dynamic "tag_specifications" {
    for_each = ["instance", "volume"]

    content {
      resource_type = tag_specifications.value
      tags          = merge(var.context.tags, { Name = local.name })
    }
  }
}

resource "aws_autoscaling_group" "this" {
  name                = local.name
  min_size            = var.ecs_cluster.instances.min
  max_size            = var.ecs_cluster.instances.max
  vpc_zone_identifier = [for subnet in var.ecs_cluster.network.subnets[var.ecs_cluster.instances.public_address ? "public" : "private"] : subnet.id]

  # ECS takes the protection from an instance that has no task left. What it forgets to take it from would stop the deletion for ever.
  protect_from_scale_in = true
  force_delete          = !var.ecs_cluster.protected

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  # A new machine image, type or disk: instances are replaced one after the other, the new one first.
  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage       = 100
      max_healthy_percentage       = 110
      auto_rollback                = true
      scale_in_protected_instances = "Refresh"
    }
  }

  # ECS adds AmazonECSManaged; without it here, each apply would remove it.
  dynamic "tag" {
    for_each = merge(var.context.tags, { Name = local.name, AmazonECSManaged = "" })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = tag.key == "AmazonECSManaged" # the launch template has the others
    }
  }

  lifecycle {
    ignore_changes = [desired_capacity] # is the capacity provider's to say
  }

  depends_on = [
    aws_iam_role_policy.instance,
    aws_iam_role_policy_attachment.systems_manager,
    aws_vpc_security_group_egress_rule.https,
  ]
}
