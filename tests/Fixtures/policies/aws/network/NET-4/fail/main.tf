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
