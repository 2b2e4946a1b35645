output "load_balancer" {
  description = "The load balancer, to be passed on whole: its ARN, the part of it that metrics go by, the name and zone that a DNS alias takes, its VPC, its security group, the listener to which services add rules, and its idle timeout. Users wait for its firewall and for clients' access."
  value = {
    arn               = aws_lb.this.arn
    arn_suffix        = aws_lb.this.arn_suffix
    dns_name          = aws_lb.this.dns_name
    zone_id           = aws_lb.this.zone_id
    vpc_id            = var.load_balancer.network.vpc.id
    security_group_id = aws_security_group.this.id
    listener_arn      = aws_lb_listener.https.arn
    idle_timeout      = var.load_balancer.idle_timeout
    log_bucket        = aws_s3_bucket.logs.bucket
  }

  depends_on = [
    aws_lb_listener.http,
    aws_lb_listener_certificate.further,
    aws_s3_bucket_lifecycle_configuration.logs,
    aws_s3_bucket_server_side_encryption_configuration.logs,
    aws_vpc_security_group_ingress_rule.client,
    aws_wafv2_web_acl_association.this,
  ]
}
