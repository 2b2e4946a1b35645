# Two roles of a pipeline, without permissions of their own: the bucket and the key let them in.

resource "aws_iam_role" "ci" {
  for_each = toset(["plan", "apply"])

  name               = "example-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}
