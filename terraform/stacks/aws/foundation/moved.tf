# Keys that were made before the module was: what they encrypt stays readable.

moved {
  from = aws_kms_key.this["data"]
  to   = module.key["data"].aws_kms_key.this
}

moved {
  from = aws_kms_key.this["logs"]
  to   = module.key["logs"].aws_kms_key.this
}

moved {
  from = aws_kms_alias.this["data"]
  to   = module.key["data"].aws_kms_alias.this
}

moved {
  from = aws_kms_alias.this["logs"]
  to   = module.key["logs"].aws_kms_alias.this
}
