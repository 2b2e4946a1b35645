locals {
  is_provisioned = var.table.billing.mode == "provisioned"

  # DynamoDB wants to be told the attributes of keys, and only those.
  key_attributes = toset(flatten([
    for key in concat([var.table.key], values(var.table.indexes)) : compact([key.partition, key.sort])
  ]))
}

resource "aws_dynamodb_table" "this" {
  name      = "${var.context.name}-${var.table.name}"
  hash_key  = var.table.key.partition
  range_key = var.table.key.sort

  billing_mode   = local.is_provisioned ? "PROVISIONED" : "PAY_PER_REQUEST"
  read_capacity  = local.is_provisioned ? var.table.billing.read : null
  write_capacity = local.is_provisioned ? var.table.billing.write : null

  stream_enabled   = var.table.stream != null
  stream_view_type = var.table.stream

  deletion_protection_enabled = var.table.protected
  tags                        = var.context.tags

  dynamic "attribute" {
    for_each = local.key_attributes

    content {
      name = attribute.value
      type = lookup(var.table.types, attribute.value, "S")
    }
  }

  dynamic "on_demand_throughput" {
    for_each = local.has_bounds ? [var.table.billing] : []

    content {
      max_read_request_units  = on_demand_throughput.value.read
      max_write_request_units = on_demand_throughput.value.write
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.table.indexes

    content {
      name               = global_secondary_index.key
      projection_type    = local.projections[global_secondary_index.key]
      non_key_attributes = local.projections[global_secondary_index.key] == "INCLUDE" ? global_secondary_index.value.attributes : null
      read_capacity      = local.is_provisioned ? var.table.billing.read : null
      write_capacity     = local.is_provisioned ? var.table.billing.write : null

      dynamic "key_schema" {
        for_each = merge(
          { HASH = global_secondary_index.value.partition },
          global_secondary_index.value.sort == null ? {} : { RANGE = global_secondary_index.value.sort },
        )

        content {
          attribute_name = key_schema.value
          key_type       = key_schema.key
        }
      }

      dynamic "on_demand_throughput" {
        for_each = local.has_bounds ? [var.table.billing] : []

        content {
          max_read_request_units  = on_demand_throughput.value.read
          max_write_request_units = on_demand_throughput.value.write
        }
      }
    }
  }

  dynamic "ttl" {
    for_each = var.table.ttl[*]

    content {
      enabled        = true
      attribute_name = ttl.value
    }
  }

  point_in_time_recovery {
    enabled                 = var.table.recovery_days > 0
    recovery_period_in_days = var.table.recovery_days > 0 ? var.table.recovery_days : null
  }

  server_side_encryption {
    enabled     = var.table.kms_key_arn != null
    kms_key_arn = var.table.kms_key_arn
  }
}

locals {
  has_bounds = !local.is_provisioned && (var.table.billing.read != null || var.table.billing.write != null)

  projections = {
    for name, index in var.table.indexes : name =>
    index.attributes == null ? "ALL" : length(coalesce(index.attributes, [])) == 0 ? "KEYS_ONLY" : "INCLUDE"
  }
}
