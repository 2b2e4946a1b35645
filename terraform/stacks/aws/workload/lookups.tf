# What is there already and is read by more than one file.

# Encrypts what the environment stores. Made by the stack foundation.
data "aws_kms_alias" "data" {
  name = "alias/${local.env.name}-data"
}

data "aws_partition" "this" {}

locals {
  # The topic of the stack foundation that every alarm goes to. Its ARN is put together from its name, as those of tables are.
  alarm_topic = "arn:${data.aws_partition.this.partition}:sns:${local.env.region}:${local.env.account}:${local.env.name}-alarms"
}
