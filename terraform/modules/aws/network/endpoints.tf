# Gateway endpoints cost nothing and keep traffic off the internet, so they are always there.

resource "aws_vpc_endpoint" "gateway" {
  # S3 with AWS's own policy, which allows everything: image layers and packages come from buckets of Amazon's.
  for_each = local.is_new ? { s3 = null, dynamodb = data.aws_iam_policy_document.own_account.json } : {}

  vpc_id            = local.vpc.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${local.region}.${each.key}"
  policy            = each.value
  route_table_ids   = [for table in aws_route_table.this : table.id]
  tags              = merge(var.context.tags, { Name = "${var.context.name}-${each.key}" })
}

# Stolen or foreign credentials are of no use for carrying data into another account's tables.
data "aws_iam_policy_document" "own_account" {
  statement {
    sid       = "OwnAccount"
    actions   = ["*"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = var.network.interfaces

  vpc_id              = local.vpc.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  private_dns_enabled = true
  subnet_ids          = [for subnet in local.subnets_by_tier.private : subnet.id]
  security_group_ids  = aws_security_group.endpoints[*].id
  tags                = merge(var.context.tags, { Name = "${var.context.name}-${each.key}" })
}

resource "aws_security_group" "endpoints" {
  count = length(var.network.interfaces) > 0 ? 1 : 0

  name        = "${var.context.name}-endpoints"
  description = "Interface endpoints of ${var.context.name}: HTTPS from within the VPC"
  vpc_id      = local.vpc.id
  tags        = merge(var.context.tags, { Name = "${var.context.name}-endpoints" })
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  count = length(var.network.interfaces) > 0 ? 1 : 0

  security_group_id = aws_security_group.endpoints[0].id
  description       = "HTTPS from within the VPC"
  cidr_ipv4         = local.vpc.cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  tags              = merge(var.context.tags, { Name = "${var.context.name}-endpoints" })
}
