variable "journal" {
  description = "The journal: its whole `name`, the `days` for which entries are kept, and the key that encrypts them (null: CloudWatch's own)."
  type        = object({ name = string, days = number, kms_key_arn = optional(string) })
  nullable    = false
}
