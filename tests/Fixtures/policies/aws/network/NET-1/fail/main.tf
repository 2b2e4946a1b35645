resource "aws_security_group" "everything" {
  name        = "net-1-fail"
  description = "Lets everything in"

  ingress {
    description      = "Anyone"
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "administration" {
  security_group_id = aws_security_group.everything.id
  description       = "Administrators, from anywhere"
  ip_protocol       = "tcp"
  from_port         = 20
  to_port           = 30
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group_rule" "desktops" {
  security_group_id = aws_security_group.everything.id
  description       = "Desktops, from anywhere"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_ingress_rule" "half" {
  security_group_id = aws_security_group.everything.id
  description       = "One half of the internet"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "128.0.0.0/1"
}
