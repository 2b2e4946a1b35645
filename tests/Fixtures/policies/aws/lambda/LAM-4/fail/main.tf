resource "aws_lambda_permission" "anyone" {
  statement_id  = "anyone"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-fail"
  principal     = "*"
}

resource "aws_lambda_permission" "service" {
  statement_id  = "service"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-fail"
  principal     = "events.amazonaws.com"
}

resource "aws_lambda_permission" "account_only" {
  statement_id   = "account_only"
  action         = "lambda:InvokeFunction"
  function_name  = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-fail"
  principal      = "events.amazonaws.com"
  source_account = "111122223333"
}

resource "aws_lambda_permission" "bucket" {
  statement_id  = "bucket"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-fail"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::uploads"
}

resource "aws_lambda_permission" "made" {
  statement_id  = "made"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-fail"
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.this.arn
}

resource "aws_s3_bucket" "this" {
  bucket = "lam-4-fail"
}

resource "aws_lambda_permission" "everything" {
  statement_id   = "everything"
  action         = "lambda:InvokeFunction"
  function_name  = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-fail"
  principal      = "events.amazonaws.com"
  source_arn     = "arn:aws:events:*:*:*"
  source_account = "111122223333"
}
