locals {
  repository = var.github_oidc.repository

  # What a token's subject begins with.
  prefixes = {
    ids   = ["repo:${local.repository.owner}@${local.repository.owner_id}/${local.repository.name}@${local.repository.id}"]
    names = ["repo:${local.repository.owner}/${local.repository.name}"]
  }
  subjects = local.repository.subject == "both" ? concat(local.prefixes.ids, local.prefixes.names) : local.prefixes[local.repository.subject]

  # By the last part of the name. A job without an environment that a pull request starts has the subject of a pull request; any job of an environment that of the environment.
  roles = merge(
    !var.github_oidc.plan.enabled ? {} : { plan = { what = "pull_request", refs = [], hours = var.github_oidc.plan.hours } },
    { for name, environment in var.github_oidc.environments : "apply-${name}" => { what = "environment:${name}", refs = tolist(environment.refs), hours = environment.hours } },
  )
}

resource "aws_iam_role" "this" {
  for_each = local.roles

  name                 = "${var.context.name}-${each.key}"
  description          = "Workflows of ${local.repository.owner}/${local.repository.name}: ${each.value.what}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  max_session_duration = each.value.hours * 3600
  permissions_boundary = one(concat(aws_iam_policy.boundary[*].arn, var.github_oidc.boundary.existing[*].arn))
  tags                 = var.context.tags
}

data "aws_iam_policy_document" "trust" {
  for_each = local.roles

  statement {
    sid     = "GitHub"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = [for subject in local.subjects : "${subject}:${each.value.what}"]
    }

    # A subject of names alone would also be that of another repository which got the name later.
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:repository_id"
      values   = [local.repository.id]
    }

    # Any branch may name an environment that GitHub does not protect.
    dynamic "condition" {
      for_each = length(each.value.refs) == 0 ? [] : [each.value.refs]

      content {
        test     = "StringEquals"
        variable = "${local.issuer}:ref"
        values   = condition.value
      }
    }
  }
}
