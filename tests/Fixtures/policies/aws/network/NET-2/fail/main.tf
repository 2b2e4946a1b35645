resource "aws_security_group" "everything" {
  name        = "net-2-fail"
  description = "Lets everything out"

  egress {
    description = "Anything, anywhere"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_egress_rule" "silent" {
  security_group_id = aws_security_group.everything.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/16"
}

resource "aws_vpc_security_group_egress_rule" "ports" {
  security_group_id = aws_security_group.everything.id
  description       = "Every port of one protocol"
  ip_protocol       = "tcp"
  from_port         = 0
  to_port           = 65535
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "silent" {
  name = "net-2-fail-silent"
}
