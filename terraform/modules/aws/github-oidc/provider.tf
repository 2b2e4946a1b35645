locals {
  issuer = "token.actions.githubusercontent.com"

  account = {
    arn      = "arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}"
    policies = "arn:${data.aws_partition.this.partition}:iam::aws:policy"
  }

  provider_arn = one(concat(aws_iam_openid_connect_provider.this[*].arn, var.github_oidc.existing[*].arn))
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

# Without a thumbprint: AWS knows the authorities that sign for GitHub.
resource "aws_iam_openid_connect_provider" "this" {
  count = var.github_oidc.existing == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
  tags           = var.context.tags
}
