# Ranges that cannot be, found while planning: the networks' ids are not known yet.
provider "aws" {
  region = "eu-central-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "main" }
}

resource "aws_subnet" "first" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
  tags       = { Name = "first" }
}

resource "aws_subnet" "overlapping" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.128/25" # refused: 10.0.1.0/24 of aws_subnet "first" lies in the same network
  depends_on = [aws_subnet.first]
}

resource "aws_subnet" "outside" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.9.0.0/24" # refused: 10.0.0.0/16 of aws_vpc "main"
}

# A second range holds what the first one does not, for what waits for it.
resource "aws_vpc_ipv4_cidr_block_association" "more" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "second_range" {
  vpc_id     = aws_vpc_ipv4_cidr_block_association.more.vpc_id
  cidr_block = "10.1.0.0/24"
}
