# The limit of every role here. A boundary allows nothing by itself: a role may do what both the boundary and its policies allow.

locals {
  boundary_name = "${var.context.name}-boundary"
  boundary_arn  = "${local.account.arn}:policy/${local.boundary_name}"
}

resource "aws_iam_policy" "boundary" {
  count = var.github_oidc.boundary.existing == null ? 1 : 0

  name        = local.boundary_name
  description = "Limit of the roles that workflows of ${local.repository.owner}/${local.repository.name} take"
  policy      = data.aws_iam_policy_document.boundary.json
  tags        = var.context.tags
}

data "aws_iam_policy_document" "boundary" {
  statement {
    sid       = "Services"
    actions   = var.github_oidc.boundary.services == null ? ["*"] : [for service in var.github_oidc.boundary.services : "${service}:*"]
    resources = ["*"]
  }

  # Who applies does not widen their own rights, nor decide who else may apply. So this module is applied by someone else.
  statement {
    sid    = "OwnLimits"
    effect = "Deny"
    actions = [
      "iam:AddClientIDToOpenIDConnectProvider", "iam:AttachRolePolicy", "iam:CreatePolicyVersion", "iam:DeleteOpenIDConnectProvider", "iam:DeletePolicy",
      "iam:DeletePolicyVersion", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
      "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:RemoveClientIDFromOpenIDConnectProvider", "iam:SetDefaultPolicyVersion",
      "iam:UpdateAssumeRolePolicy", "iam:UpdateOpenIDConnectProviderThumbprint", "iam:UpdateRole",
    ]
    resources = concat(
      ["${local.account.arn}:oidc-provider/${local.issuer}", local.boundary_arn],
      [for role in keys(local.roles) : "${local.account.arn}:role/${var.context.name}-${role}"],
    )
  }

  dynamic "statement" {
    for_each = merge(
      length(var.github_oidc.boundary.denies) == 0 ? {} : { Never = { actions = var.github_oidc.boundary.denies, only = [] } },
      !var.github_oidc.boundary.inherited ? {} : {
        KeepsBoundary = { actions = toset(["iam:DeleteRolePermissionsBoundary"]), only = [] }
        SameBoundary  = { actions = toset(["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]), only = [local.boundary_arn] }
      },
    )

    content {
      sid       = statement.key
      effect    = "Deny"
      actions   = statement.value.actions
      resources = ["*"]

      # Holds too where a role has no boundary at all.
      dynamic "condition" {
        for_each = statement.value.only

        content {
          test     = "StringNotEquals"
          variable = "iam:PermissionsBoundary"
          values   = [condition.value]
        }
      }
    }
  }
}
