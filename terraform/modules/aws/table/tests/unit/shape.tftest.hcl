# What a description becomes. Nothing here needs a cloud.

mock_provider "aws" {}

variables {
  context = { name = "dev-shop", tags = { owner = "shop-team" } }
  table   = { name = "inventory", key = { partition = "sku" } }
}

run "the_name_is_derived" {
  command = plan

  assert {
    condition     = output.table.name == "dev-shop-inventory"
    error_message = "The table is called ${output.table.name}."
  }
}

run "what_is_not_said_is_safe" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this.deletion_protection_enabled && one(aws_dynamodb_table.this.point_in_time_recovery).enabled && one(aws_dynamodb_table.this.point_in_time_recovery).recovery_period_in_days == 35
    error_message = "A table with defaults can be lost."
  }

  assert {
    condition     = aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST" && length(aws_dynamodb_table.this.on_demand_throughput) == 0
    error_message = "A table with defaults is billed as ${aws_dynamodb_table.this.billing_mode}."
  }

  assert {
    condition     = !aws_dynamodb_table.this.stream_enabled && output.table.stream_arn == null && length(aws_dynamodb_table.this.ttl) == 0
    error_message = "A table with defaults has a stream, or lets items expire."
  }
}

run "attributes_are_those_of_keys_each_once" {
  command = plan

  variables {
    table = {
      name = "entries"
      key  = { partition = "id", sort = "version" }
      indexes = {
        by-customer = { partition = "customer", sort = "version" }
        by-id       = { partition = "id" }
      }
      types = { version = "N" }
      ttl   = "expires"
    }
  }

  assert {
    condition     = { for attribute in aws_dynamodb_table.this.attribute : attribute.name => attribute.type } == { id = "S", version = "N", customer = "S" }
    error_message = "The attributes are ${jsonencode(aws_dynamodb_table.this.attribute)}."
  }
}

run "an_index_holds_what_it_is_told_to" {
  command = plan

  variables {
    table = {
      name = "entries"
      key  = { partition = "id" }
      indexes = {
        everything = { partition = "a" }
        keys-only  = { partition = "b", attributes = [] }
        some       = { partition = "c", attributes = ["x", "y"] }
      }
    }
  }

  assert {
    condition     = { for index in aws_dynamodb_table.this.global_secondary_index : index.name => index.projection_type } == { everything = "ALL", keys-only = "KEYS_ONLY", some = "INCLUDE" }
    error_message = "The indexes are ${jsonencode(aws_dynamodb_table.this.global_secondary_index)}."
  }

  assert {
    condition     = flatten([for index in aws_dynamodb_table.this.global_secondary_index : index.non_key_attributes if index.name == "some"]) == ["x", "y"]
    error_message = "The index holds other attributes than it was told to."
  }
}

run "provisioned_capacity_is_the_tables_and_each_indexs" {
  command = plan

  variables {
    table = { name = "entries", key = { partition = "id" }, indexes = { by-owner = { partition = "owner" } }, billing = { mode = "provisioned", read = 5, write = 3 } }
  }

  assert {
    condition     = aws_dynamodb_table.this.billing_mode == "PROVISIONED" && aws_dynamodb_table.this.read_capacity == 5 && aws_dynamodb_table.this.write_capacity == 3
    error_message = "The table's capacity is ${aws_dynamodb_table.this.read_capacity} and ${aws_dynamodb_table.this.write_capacity}."
  }

  assert {
    condition     = one(aws_dynamodb_table.this.global_secondary_index).read_capacity == 5 && one(aws_dynamodb_table.this.global_secondary_index).write_capacity == 3
    error_message = "The index has another capacity than the table."
  }
}

run "bounds_on_demand_are_the_tables_and_each_indexs" {
  command = plan

  variables {
    table = { name = "entries", key = { partition = "id" }, indexes = { by-owner = { partition = "owner" } }, billing = { read = 100, write = 50 } }
  }

  assert {
    condition     = one(aws_dynamodb_table.this.on_demand_throughput).max_read_request_units == 100 && one(one(aws_dynamodb_table.this.global_secondary_index).on_demand_throughput).max_write_request_units == 50
    error_message = "The bounds are lost."
  }
}

run "a_stream_is_told_of" {
  command = apply

  variables {
    table = { name = "entries", key = { partition = "id" }, stream = "KEYS_ONLY" }
  }

  assert {
    condition     = aws_dynamodb_table.this.stream_view_type == "KEYS_ONLY" && output.table.stream_arn == aws_dynamodb_table.this.stream_arn
    error_message = "The stream is not what was asked for, or not in the output."
  }
}

run "an_indexs_arn_is_the_tables_and_its_name" {
  command = apply

  variables {
    table = { name = "entries", key = { partition = "id" }, indexes = { by-owner = { partition = "owner" } } }
  }

  assert {
    condition     = output.table.indexes == { by-owner = "${aws_dynamodb_table.this.arn}/index/by-owner" }
    error_message = "The indexes are ${jsonencode(output.table.indexes)}."
  }
}

run "a_key_of_ones_own_encrypts" {
  command = plan

  variables {
    table = { name = "entries", key = { partition = "id" }, kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
  }

  assert {
    condition     = one(aws_dynamodb_table.this.server_side_encryption).enabled && endswith(one(aws_dynamodb_table.this.server_side_encryption).kms_key_arn, "1d7f2f3e4a5b")
    error_message = "The table is encrypted with another key."
  }
}

run "restoring_can_be_done_without" {
  command = plan

  variables {
    table = { name = "entries", key = { partition = "id" }, recovery_days = 0, protected = false }
  }

  assert {
    condition     = !one(aws_dynamodb_table.this.point_in_time_recovery).enabled && !aws_dynamodb_table.this.deletion_protection_enabled
    error_message = "What was given up is still there."
  }
}
