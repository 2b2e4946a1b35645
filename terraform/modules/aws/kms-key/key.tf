resource "aws_kms_key" "this" {
  description             = local.description
  policy                  = data.aws_iam_policy_document.this.json
  enable_key_rotation     = true
  rotation_period_in_days = var.kms_key.rotation_days
  deletion_window_in_days = var.kms_key.deletion_days
  tags                    = var.context.tags
}

# Others find the key by this name, without a value that has to travel.
resource "aws_kms_alias" "this" {
  name          = "alias/${var.context.name}-${var.kms_key.name}"
  target_key_id = aws_kms_key.this.key_id
}

# Terraform cannot find out that a grant was retired by its grantee: it makes the grant again at the next apply.
resource "aws_kms_grant" "this" {
  for_each = var.kms_key.grants

  name               = "${var.context.name}-${each.key}"
  key_id             = aws_kms_key.this.key_id
  grantee_principal  = each.value.role
  operations         = each.value.operations
  retiring_principal = each.value.retired_by

  dynamic "constraints" {
    for_each = length(each.value.encryption_context) > 0 ? [each.value.encryption_context] : []

    content {
      encryption_context_subset = constraints.value
    }
  }
}

locals {
  description = coalesce(var.kms_key.description, "Encrypts the ${var.kms_key.name} of ${var.context.name}")
}
