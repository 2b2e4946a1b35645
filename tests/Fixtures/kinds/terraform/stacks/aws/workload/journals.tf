module "journal" {
  source   = "../../../modules/aws/journal"
  for_each = try(local.contract.resources.journals, {})

  journal = { name = "${local.prefix}-${each.key}", days = each.value.days, kms_key_arn = data.aws_kms_alias.logs[0].target_key_arn }
}

data "aws_kms_alias" "logs" {
  count = length(try(local.contract.resources.journals, {})) > 0 ? 1 : 0

  name = "alias/${local.env.name}-logs"
}

locals {
  journal_actions = {
    open    = ["logs:CreateLogStream"]
    append  = ["logs:PutLogEvents"]
    consult = ["logs:FilterLogEvents", "logs:GetLogEvents"]
    curate  = ["logs:PutRetentionPolicy"]
    own     = ["logs:DeleteLogStream"]
  }
  journals_used = lookup(local.used, "journals", {})
}

data "aws_iam_policy_document" "journals" {
  for_each = local.journals_used

  dynamic "statement" {
    for_each = toset(flatten(each.value[*].verbs))

    content {
      sid     = "${title(statement.value)}Journals"
      actions = local.journal_actions[statement.value]
      resources = [
        for journal in each.value : "arn:${data.aws_partition.this.partition}:logs:${local.env.region}:${local.env.account}:log-group:${journal.name}"
        if contains(journal.verbs, statement.value)
      ]
    }
  }
}

resource "aws_iam_role_policy" "journals" {
  for_each = local.journals_used

  name   = "journals"
  role   = aws_iam_role.component[each.key].name
  policy = data.aws_iam_policy_document.journals[each.key].json
}

output "journals" {
  description = "ARNs of the workload's journals, by name."
  value       = { for name, journal in module.journal : name => journal.arn }
}
