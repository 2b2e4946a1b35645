# Two roles: the program's own, and one with which ECS starts it. Neither may do what the other may.

locals {
  # A private registry of ECR: account, region and repository of the image. Others need no permission.
  repository = try(regex("^([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+)", var.ecs_service.image), [])

  # An ARN of a secret may go on with a key within it, a stage and a version.
  secrets = {
    secretsmanager = [for arn in values(var.ecs_service.secrets) : join(":", slice(split(":", arn), 0, 7)) if split(":", arn)[2] == "secretsmanager"]
    ssm            = [for arn in values(var.ecs_service.secrets) : arn if split(":", arn)[2] == "ssm"]
  }

  repository_arns = length(local.repository) == 0 ? [] : ["arn:${local.partition}:ecr:${local.repository[1]}:${local.repository[0]}:repository/${local.repository[2]}"]

  grants = [
    { sid = "Pull", actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resources = local.repository_arns },
    { sid = "SignIn", actions = ["ecr:GetAuthorizationToken"], resources = length(local.repository_arns) > 0 ? ["*"] : [] }, # is not about one repository
    { sid = "Secrets", actions = ["secretsmanager:GetSecretValue"], resources = local.secrets.secretsmanager },
    { sid = "Parameters", actions = ["ssm:GetParameters"], resources = local.secrets.ssm },
    { sid = "Decrypt", actions = ["kms:Decrypt"], resources = var.ecs_service.kms_key_arns },
  ]
}

resource "aws_iam_role" "task" {
  count = var.ecs_service.role == null ? 1 : 0

  name                 = local.name
  description          = "Service ${var.ecs_service.name} of ${var.context.name}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy" "task" {
  for_each = var.ecs_service.role == null ? var.ecs_service.policies : {}

  name   = each.key
  role   = aws_iam_role.task[0].name
  policy = each.value
}

resource "aws_iam_role" "execution" {
  name                 = "${local.name}-execution"
  description          = "Starts service ${var.ecs_service.name} of ${var.context.name}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.name
  policy = data.aws_iam_policy_document.execution.json
}

# ECS may act for tasks of this account and region only.
data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "TasksOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:ecs:${local.region}:${local.account}:*"]
    }
  }
}

data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  dynamic "statement" {
    for_each = [for grant in local.grants : grant if length(grant.resources) > 0]

    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}
