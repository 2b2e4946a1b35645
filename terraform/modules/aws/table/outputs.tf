output "table" {
  description = "The table, to be passed on whole: its name and ARN, the ARN of its stream (null: it has none), and those of its indexes by name."
  value = {
    name       = aws_dynamodb_table.this.name
    arn        = aws_dynamodb_table.this.arn
    stream_arn = var.table.stream == null ? null : aws_dynamodb_table.this.stream_arn
    indexes    = { for name in keys(var.table.indexes) : name => "${aws_dynamodb_table.this.arn}/index/${name}" }
  }
}
