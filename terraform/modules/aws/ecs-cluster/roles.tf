# The instance's role: what the agent needs in this cluster, and Systems Manager, so that an operator gets in without a key and without a port.
# Images and logs are the business of each task's execution role.

resource "aws_iam_role" "instance" {
  name                 = "${local.name}-instance"
  description          = "Instances of cluster ${local.name}"
  assume_role_policy   = data.aws_iam_policy_document.instance_trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_instance_profile" "instance" {
  name = "${local.name}-instance"
  role = aws_iam_role.instance.name
  tags = var.context.tags
}

resource "aws_iam_role_policy" "instance" {
  name   = "agent"
  role   = aws_iam_role.instance.name
  policy = data.aws_iam_policy_document.instance.json
}

resource "aws_iam_role_policy_attachment" "systems_manager" {
  role       = aws_iam_role.instance.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

data "aws_iam_policy_document" "instance_trust" {
  statement {
    sid     = "Instances"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
data "aws_iam_policy_document" "instance" {
  statement {
    sid       = "Find"
    actions   = ["ec2:DescribeTags", "ecs:DiscoverPollEndpoint"]
    resources = ["*"] # neither is about one thing
  }

  statement {
    sid = "Cluster"
    actions = [
      "ecs:DeregisterContainerInstance",
      "ecs:RegisterContainerInstance",
      "ecs:SubmitAttachmentStateChanges",
      "ecs:SubmitContainerStateChange",
      "ecs:SubmitTaskStateChange",
    ]
    resources = ["${local.arn_prefix}:cluster/${local.name}"]
  }

  statement {
    sid       = "Instance"
    actions   = ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:TagResource", "ecs:UpdateContainerInstancesState"]
    resources = ["${local.arn_prefix}:container-instance/${local.name}/*"]
  }
}
