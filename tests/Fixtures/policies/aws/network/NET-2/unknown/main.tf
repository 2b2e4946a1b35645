resource "aws_vpc_security_group_egress_rule" "this" {
  security_group_id = "sg-0123456789abcdef0"
  description       = "To an address that is not known yet"
  ip_protocol       = "-1"
  cidr_ipv4         = "${aws_eip.this.public_ip}/32"
}

resource "aws_eip" "this" {
  domain = "vpc"
}
