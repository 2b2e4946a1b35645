resource "aws_security_group" "this" {
  name        = "net-2-pass"
  description = "Talks to the registry"
}

resource "aws_vpc_security_group_egress_rule" "this" {
  security_group_id = aws_security_group.this.id
  description       = "The registry, over TLS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "inside" {
  security_group_id = aws_security_group.this.id
  description       = "Anything within the network"
  ip_protocol       = "-1"
  cidr_ipv4         = "10.0.0.0/16"
}
