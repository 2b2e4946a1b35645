output "eks_cluster" {
  description = "The cluster, to be passed on whole: name, ARN, version, where its API is and by which authority it is known, the security group of its nodes and API, the role of its nodes and the log group. Users wait until nodes and add-ons are ready, and access is given."
  value = {
    name                  = aws_eks_cluster.this.name
    arn                   = aws_eks_cluster.this.arn
    version               = aws_eks_cluster.this.version
    endpoint              = aws_eks_cluster.this.endpoint
    certificate_authority = aws_eks_cluster.this.certificate_authority[0].data
    security_group        = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
    node_role             = { name = aws_iam_role.node.name, arn = aws_iam_role.node.arn }
    log_group             = aws_cloudwatch_log_group.this.name
  }

  depends_on = [
    aws_eks_access_policy_association.this,
    aws_eks_addon.others,
    aws_eks_addon.per_node,
    aws_eks_node_group.this,
    aws_vpc_security_group_ingress_rule.client,
  ]
}
