# As introductions write it: no versions, the account's default network, interpolation in quotes, older names of types.
provider "aws" {
  region = "us-east-1"
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_subnet" "each" {
  for_each = toset(data.aws_subnets.default.ids)
  id       = each.value
}

data "aws_security_group" "default" {
  vpc_id = data.aws_vpc.default.id
  name   = "default"
}

data "aws_ami" "linux" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["al2023-ami-2023.*-x86_64"]
  }
}

resource "aws_default_subnet" "a" {
  availability_zone = "us-east-1a"
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = data.aws_vpc.default.id

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["${data.aws_vpc.default.cidr_block}"]
  }
}

resource "aws_instance" "web" {
  count                  = 2
  ami                    = data.aws_ami.linux.id
  instance_type          = "t2.micro"
  subnet_id              = element(tolist(data.aws_subnets.default.ids), count.index)
  vpc_security_group_ids = ["${aws_security_group.web.id}", data.aws_security_group.default.id]
}

resource "aws_elb" "web" {
  name               = "web"
  availability_zones = aws_instance.web.*.availability_zone
  instances          = aws_instance.web.*.id

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_alb" "web" {
  name            = "web"
  subnets         = data.aws_subnets.default.ids
  security_groups = [aws_security_group.web.id]
}

resource "aws_alb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = data.aws_vpc.default.id
}

resource "aws_alb_listener" "web" {
  load_balancer_arn = aws_alb.web.arn
  port              = "80"

  default_action {
    type             = "forward"
    target_group_arn = aws_alb_target_group.web.arn
  }
}

resource "aws_launch_configuration" "web" {
  name_prefix     = "web-"
  image_id        = data.aws_ami.linux.id
  instance_type   = "t2.micro"
  security_groups = [aws_security_group.web.id]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_autoscaling_group" "web" {
  name                 = "web-${aws_launch_configuration.web.name}"
  launch_configuration = aws_launch_configuration.web.name
  availability_zones   = [for subnet in data.aws_subnet.each : subnet.availability_zone]
  load_balancers       = [aws_elb.web.name]
  min_size             = 1
  max_size             = 2
}

check "shapes" {
  assert {
    condition     = aws_default_subnet.a.vpc_id == data.aws_vpc.default.id
    error_message = "The adopted subnet lies in ${aws_default_subnet.a.vpc_id}."
  }

  assert {
    condition     = split("/", aws_alb_listener.web.arn)[2] == aws_alb.web.name
    error_message = "${aws_alb_listener.web.arn} is not a listener of the load balancer."
  }
}
