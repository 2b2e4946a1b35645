resource "aws_vpc" "silent" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_default_security_group" "silent" {
  vpc_id = aws_vpc.silent.id
}

resource "aws_vpc" "open" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_default_security_group" "open" {
  vpc_id = aws_vpc.open.id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc" "untouched" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_flow_log" "this" {
  for_each = { open = aws_vpc.open.id, untouched = aws_vpc.untouched.id }

  vpc_id               = each.value
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::flow-logs"
}
