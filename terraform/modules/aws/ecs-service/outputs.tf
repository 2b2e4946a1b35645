output "ecs_service" {
  description = "The service, to be passed on whole: its name and ARN, where other services reach it (null: nowhere), its security group (its own, or its cluster's), the role of its program, its task definition, its log, and its target group (null: none). Users wait until it runs and scales."
  value = {
    name              = aws_ecs_service.this.name
    arn               = aws_ecs_service.this.arn
    url               = local.has_port ? "http://${var.ecs_service.name}:${var.ecs_service.port}" : null
    security_group_id = local.is_awsvpc ? aws_security_group.this[0].id : var.ecs_service.cluster.security_group_id
    role_arn          = aws_ecs_task_definition.this.task_role_arn
    task_definition   = aws_ecs_task_definition.this.arn
    log_group         = aws_cloudwatch_log_group.this.name
    target_group      = one([for group in aws_lb_target_group.this : { arn = group.arn, arn_suffix = group.arn_suffix }])
  }

  depends_on = [
    aws_appautoscaling_policy.this,
    aws_vpc_security_group_egress_rule.caller,
    aws_vpc_security_group_egress_rule.reaches,
    aws_vpc_security_group_ingress_rule.caller,
  ]
}
