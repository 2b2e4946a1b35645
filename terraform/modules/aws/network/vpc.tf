resource "aws_vpc" "this" {
  count = local.is_new ? 1 : 0

  cidr_block           = var.network.cidr
  enable_dns_hostnames = true # interface endpoints and private zones need both
  enable_dns_support   = true
  tags                 = merge(var.context.tags, { Name = var.context.name })
}

# Whatever is started without a security group of its own gets this one: no rule, so it reaches nothing and nothing reaches it.
resource "aws_default_security_group" "this" {
  count = local.is_new ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge(var.context.tags, { Name = "${var.context.name}-default-locked" })
}

data "aws_region" "this" {}
data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

locals {
  is_new = var.network.existing == null
  vpc = {
    id   = one(concat(aws_vpc.this[*].id, data.aws_vpc.existing[*].id))
    arn  = one(concat(aws_vpc.this[*].arn, data.aws_vpc.existing[*].arn))
    cidr = one(concat(aws_vpc.this[*].cidr_block, data.aws_vpc.existing[*].cidr_block))
  }
  region = data.aws_region.this.region
}
