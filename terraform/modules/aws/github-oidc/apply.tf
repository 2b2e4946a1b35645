# What the roles of environments may do: the policies that they are given, and their states.

locals {
  attached = merge([
    for environment, one in var.github_oidc.environments : {
      for name, arn in one.policies : "${environment}/${name}" => { role = "apply-${environment}", arn = arn }
    }
  ]...)

  states = var.github_oidc.state == null ? {} : {
    for environment, one in var.github_oidc.environments : environment => one.states == null ? toset(["envs/${environment}/*"]) : one.states
  }
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each = local.attached

  role       = aws_iam_role.this[each.value.role].name
  policy_arn = each.value.arn
}

resource "aws_iam_role_policy" "apply_state" {
  for_each = local.states

  name   = "state"
  role   = aws_iam_role.this["apply-${each.key}"].name
  policy = data.aws_iam_policy_document.apply_state[each.key].json
}

data "aws_iam_policy_document" "apply_state" {
  for_each = local.states

  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [var.github_oidc.state.bucket_arn]
  }

  statement {
    sid       = "ReadAndWrite"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = flatten([for state in each.value : ["${var.github_oidc.state.bucket_arn}/${state}", "${var.github_oidc.state.bucket_arn}/${state}.tflock"]])
  }

  # A lock is given back by deleting it. A state is not deleted.
  statement {
    sid       = "Unlock"
    actions   = ["s3:DeleteObject"]
    resources = [for state in each.value : "${var.github_oidc.state.bucket_arn}/${state}.tflock"]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.github_oidc.state.key_arn]
  }
}
