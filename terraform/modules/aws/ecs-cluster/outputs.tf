output "ecs_cluster" {
  description = "The cluster, to be passed on whole: its name and ARN, its capacity provider, how tasks are on the network, the processors of its instances, the namespace in which services find each other, its VPC and private subnets, the security group of its instances, and where tasks send OTLP (null: nowhere). Users wait until instances can join and the collector runs."
  value = {
    name              = aws_ecs_cluster.this.name
    arn               = aws_ecs_cluster.this.arn
    capacity_provider = aws_ecs_capacity_provider.this.name
    networking        = var.ecs_cluster.networking
    architecture      = local.architecture
    namespace = {
      name = aws_service_discovery_private_dns_namespace.this.name
      arn  = aws_service_discovery_private_dns_namespace.this.arn
    }
    network = {
      vpc     = { id = var.ecs_cluster.network.vpc.id, cidr = var.ecs_cluster.network.vpc.cidr }
      subnets = { private = var.ecs_cluster.network.subnets.private }
    }
    security_group_id = aws_security_group.instance.id
    telemetry         = var.ecs_cluster.telemetry == null ? null : { for protocol, port in local.otlp : protocol => "http://${local.collector_host}:${port}" }
  }

  depends_on = [
    aws_ecs_cluster_capacity_providers.this,
    aws_ecs_service.telemetry,
    aws_vpc_security_group_egress_rule.load_balancer,
    aws_vpc_security_group_egress_rule.tasks,
    aws_vpc_security_group_ingress_rule.load_balancer,
    aws_vpc_security_group_ingress_rule.tasks,
  ]
}
