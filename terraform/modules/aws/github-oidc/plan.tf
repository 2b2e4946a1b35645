# What the role of pull requests may do. A pull request runs what its author wrote, so this role changes nothing and sees no data.

locals {
  has_plan = var.github_oidc.plan.enabled

  plan_policies = !local.has_plan ? {} : var.github_oidc.plan.policies != null ? var.github_oidc.plan.policies : {
    view  = "${local.account.policies}/job-function/ViewOnlyAccess"
    audit = "${local.account.policies}/SecurityAudit"
  }

  # Whether it reads states, as a list to repeat by.
  plan_state = local.has_plan ? var.github_oidc.state[*] : []
  plan_objects = flatten([
    for state in local.plan_state : [
      for key in var.github_oidc.plan.states : key == "*" ? ["${state.bucket_arn}/*"] : ["${state.bucket_arn}/${key}", "${state.bucket_arn}/${key}.tflock"]
    ]
  ])
}

resource "aws_iam_role_policy_attachment" "plan" {
  for_each = local.plan_policies

  role       = aws_iam_role.this["plan"].name
  policy_arn = each.value
}

resource "aws_iam_role_policy" "plan_state" {
  count = length(local.plan_state)

  name   = "state"
  role   = aws_iam_role.this["plan"].name
  policy = data.aws_iam_policy_document.plan_state[0].json
}

# It reads the lock too, to say who holds it, and takes none: plan with -lock=false.
data "aws_iam_policy_document" "plan_state" {
  count = length(local.plan_state)

  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [var.github_oidc.state.bucket_arn]
  }

  statement {
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = local.plan_objects
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt"]
    resources = [var.github_oidc.state.key_arn]
  }
}

resource "aws_iam_role_policy" "plan_no_data" {
  count = local.has_plan ? 1 : 0

  name   = "no-data"
  role   = aws_iam_role.this["plan"].name
  policy = data.aws_iam_policy_document.plan_no_data[0].json
}

data "aws_iam_policy_document" "plan_no_data" {
  count = local.has_plan ? 1 : 0

  statement {
    sid    = "NoData"
    effect = "Deny"
    actions = [
      "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:GetRecords", "dynamodb:PartiQLSelect", "dynamodb:Query", "dynamodb:Scan",
      "kinesis:GetRecords", "kinesis:SubscribeToShard",
      "kms:Decrypt",
      "logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:StartLiveTail", "logs:StartQuery",
      "s3:GetObject", "s3:GetObjectVersion",
      "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue",
      "sqs:ReceiveMessage",
      "ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath",
    ]

    # States, what AWS itself publishes as parameters, and what is said to be readable.
    not_resources = concat(
      local.plan_objects,
      [for state in local.plan_state : state.key_arn],
      ["arn:${data.aws_partition.this.partition}:ssm:*::parameter/aws/service/*"],
      tolist(var.github_oidc.plan.data),
    )
  }
}
