resource "aws_lambda_permission" "rule" {
  statement_id  = "rule"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-pass"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-central-1:111122223333:rule/nightly"
}

resource "aws_lambda_permission" "bucket" {
  statement_id   = "bucket"
  action         = "lambda:InvokeFunction"
  function_name  = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-pass"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::uploads"
  source_account = "111122223333"
}

resource "aws_lambda_permission" "made" {
  statement_id  = "made"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-pass"
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.this.arn
}

resource "aws_sns_topic" "this" {
  name = "lam-4-pass"
}

resource "aws_lambda_permission" "account" {
  statement_id  = "account"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-pass"
  principal     = "444455556666"
}

resource "aws_lambda_permission" "organisation" {
  statement_id     = "organisation"
  action           = "lambda:InvokeFunction"
  function_name    = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-pass"
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
}
