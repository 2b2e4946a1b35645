provider "aws" {
  region = "eu-central-1"
}

run "a_journal_keeps_entries_for_its_days" {
  command = plan

  variables {
    journal = { name = "dev-shop-audit", days = 30 }
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Entries are kept for ${aws_cloudwatch_log_group.this.retention_in_days} days."
  }
}
