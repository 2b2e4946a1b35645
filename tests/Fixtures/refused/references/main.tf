# Mistakes between resources whose ids only the apply brings.
provider "aws" {
  region = "eu-central-1"
}

resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.0.0/24"
}

# The same range in another network is right.
resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.two.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "again" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.0.128/25" # refused: 10.0.0.128/25 overlaps 10.0.0.0/24
  depends_on = [aws_subnet.one]
}

resource "aws_vpc_peering_connection" "both" {
  vpc_id      = aws_vpc.one.id # refused: 10.0.0.0/16 of aws_vpc
  peer_vpc_id = aws_vpc.two.id
  auto_accept = true
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.one.id
}

resource "aws_subnet" "group_for_network" {
  vpc_id     = aws_security_group.web.id # refused: is the id of a security group
  cidr_block = "10.0.9.0/24"
}

resource "aws_iam_role" "api" {
  name = "api"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "arn_for_name" {
  role       = aws_iam_role.api.arn # refused: "role" takes a name, not an ARN
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
