resource "aws_lambda_permission" "source" {
  statement_id  = "source"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-unknown"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-central-1:${terraform_data.later.output}:rule/nightly"
}

resource "aws_lambda_permission" "principal" {
  statement_id  = "principal"
  action        = "lambda:InvokeFunction"
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:lam-4-unknown"
  principal     = terraform_data.later.output
}

resource "terraform_data" "later" {
  input = timestamp()
}
