# Mistakes that the configuration alone shows. A comment says what is refused on its line, or what a warning says.
provider "aws" {
  region = "eu-central-1"
}

# What the documentation states about one argument.
resource "aws_security_group" "protocol" {
  name   = "protocol"
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tpc" # refused-resource: "tpc" does not match
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "port" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 70000 # refused: 70000 must be 0 to 65535 when "ip_protocol" is tcp or udp or 6 or 17
}

resource "aws_cloudwatch_log_group" "days" {
  name              = "days"
  retention_in_days = 31 # refused: 31 must be one of 0, 1, 3, 5
}

resource "aws_subnet" "small" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.0.0/30" # refused: "10.0.0.0/30" must have a prefix length of 16 to 28
}

# What it states between arguments.
resource "aws_sqs_queue" "fifo" {
  name       = "orders" # refused: The name of a FIFO queue ends in .fifo
  fifo_queue = true
}

resource "aws_sqs_queue" "standard" {
  name = "orders.fifo" # refused: only FIFO queues end in .fifo
}

resource "aws_sns_topic" "fifo" {
  name       = "orders" # refused: The name of a FIFO topic ends in .fifo
  fifo_topic = true
}

resource "aws_dynamodb_table" "unindexed" {
  name         = "unindexed"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "colour" # refused-resource: "colour" is not among the values of "hash_key"
    type = "S"
  }
}

resource "aws_dynamodb_table" "undeclared" {
  name         = "undeclared"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  range_key    = "at"

  attribute { # refused-resource: "at" is used in "hash_key"
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "capacity" {
  name     = "capacity" # refused-resource: "read_capacity", "write_capacity" must be set when "billing_mode" is PROVISIONED
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_route" "two_targets" {
  route_table_id         = "rtb-0123456789abcdef0"
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = "igw-0123456789abcdef0"
  nat_gateway_id         = "nat-0123456789abcdef0" # refused: "gateway_id", "nat_gateway_id" exclude each other
}

resource "aws_autoscaling_group" "bounds" {
  name                 = "bounds"
  launch_configuration = "web"
  availability_zones   = ["eu-central-1a"]
  min_size             = 3
  max_size             = 2 # refused: "min_size" (3) must not be greater than "max_size" (2)
}

resource "aws_cloudfront_distribution" "origin" {
  enabled = true

  origin {
    domain_name = "example.org"
    origin_id   = "site"
  }

  default_cache_behavior {
    target_origin_id       = "sight" # refused: "sight" is not among the values of "origin.origin_id"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012" # refused: A certificate for CloudFront lies in us-east-1
    ssl_support_method  = "sni-only"
  }
}

# What an argument takes.
resource "aws_subnet" "wrong_id" {
  vpc_id     = "sg-0123456789abcdef0" # refused: is the id of a security group; "vpc_id" takes the id of a VPC
  cidr_block = "10.0.0.0/24"
}

resource "aws_iam_role_policy" "arn_for_name" {
  name   = "read"
  role   = "arn:aws:iam::123456789012:role/api" # refused: "role" takes a name, not an ARN
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_lambda_function" "role" {
  function_name = "api"
  role          = "arn:aws:iam::123456789012:policy/api" # refused: is the ARN of a policy of iam; "role" takes the ARN of a role of iam
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "main.tf"
}

resource "aws_iam_role_policy_attachment" "path" {
  role       = "api"
  policy_arn = "arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole" # refused: The managed policy of that name is arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
}

resource "aws_iam_role_policy_attachment" "misspelt" {
  role       = "api"
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadonlyAcces" # warned: arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess is the nearest
}

# What AWS offers.
resource "aws_db_instance" "class" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "97.2"     # warned: It is not in a table written by hand on
  instance_class      = "db.large" # refused: they are named db.<family>.<size>
  allocated_storage   = 20
  username            = "app"
  password            = "not-a-real-one"
  skip_final_snapshot = true
}

resource "aws_instance" "type" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.lrage" # warned: Family m7g had the sizes medium, large, xlarge
}
