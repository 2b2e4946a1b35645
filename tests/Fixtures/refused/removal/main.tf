# Deleted piece by piece in the test: what others need stays.
provider "aws" {
  region = "eu-central-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.main.id
}

resource "aws_network_interface" "web" {
  subnet_id       = aws_subnet.main.id
  security_groups = [aws_security_group.web.id]
}

resource "aws_iam_role" "api" {
  name = "api"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "api" {
  role       = aws_iam_role.api.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_s3_bucket" "full" {
  bucket = "full-of-objects"
}

resource "aws_s3_object" "page" {
  bucket  = aws_s3_bucket.full.id
  key     = "page"
  content = "text"
}

resource "aws_db_instance" "last" {
  identifier        = "last"
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  allocated_storage = 20
  username          = "app"
  password          = "not-a-real-one"
}

resource "aws_vpc" "other" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "other" {
  vpc_id     = aws_vpc.other.id
  cidr_block = "10.1.0.0/24"
}

resource "aws_db_instance" "kept" {
  identifier          = "kept"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  allocated_storage   = 20
  username            = "app"
  password            = "not-a-real-one"
  skip_final_snapshot = true
  deletion_protection = true
}

resource "aws_lb" "kept" {
  name                       = "kept"
  internal                   = true
  subnets                    = [aws_subnet.main.id]
  load_balancer_type         = "network"
  enable_deletion_protection = true
}
