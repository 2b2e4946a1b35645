locals {
  # What the number of tasks keeps each at; 0 or null: is not looked at.
  targets = {
    for name, target in {
      cpu      = { metric = "ECSServiceAverageCPUUtilization", value = var.ecs_service.scaling.cpu }
      memory   = { metric = "ECSServiceAverageMemoryUtilization", value = var.ecs_service.scaling.memory }
      requests = { metric = "ALBRequestCountPerTarget", value = var.ecs_service.scaling.requests }
    } : name => target if coalesce(target.value, 0) > 0
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.ecs_service.cluster.name}/${aws_ecs_service.this.name}"
  min_capacity       = var.ecs_service.scaling.min
  max_capacity       = var.ecs_service.scaling.max
  tags               = var.context.tags
}

# Quickly up, slowly down: a task too many costs less than one too few.
resource "aws_appautoscaling_policy" "this" {
  for_each = local.targets

  name               = each.key
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.value
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
      resource_label         = each.key == "requests" ? "${var.ecs_service.route.load_balancer.arn_suffix}/${aws_lb_target_group.this[0].arn_suffix}" : null
    }
  }
}
