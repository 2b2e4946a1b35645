module "table" {
  source   = "../../../modules/aws/table"
  for_each = try(local.contract.resources.tables, {})

  context = { name = local.prefix }
  table = {
    name        = each.key
    key         = each.value.key
    indexes     = try(each.value.indexes, {})
    ttl         = try(each.value.ttl, null)
    protected   = local.env.protected
    kms_key_arn = data.aws_kms_alias.data.target_key_arn
  }
}

# Made by the stack foundation.
data "aws_kms_alias" "data" {
  name = "alias/${local.env.name}-data"
}
