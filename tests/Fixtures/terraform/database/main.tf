# A cluster whose password AWS keeps, an instance whose password is random, and a replica of it.
terraform {
  required_providers {
    aws    = { source = "hashicorp/aws", version = "~> 6.0" }
    random = { source = "hashicorp/random", version = "~> 3.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  subnets = { a = "10.1.1.0/24", b = "10.1.2.0/24" }
}

resource "aws_vpc" "this" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "this" {
  for_each          = local.subnets
  vpc_id            = aws_vpc.this.id
  cidr_block        = each.value
  availability_zone = "us-east-1${each.key}"
}

resource "aws_db_subnet_group" "this" {
  name       = "orders"
  subnet_ids = [for subnet in aws_subnet.this : subnet.id]
}

data "aws_security_group" "default" {
  vpc_id = aws_vpc.this.id
  name   = "default"
}

resource "random_password" "master" {
  length           = 24
  override_special = "!#$%&*()-_=+[]{}<>:?"
}

resource "aws_db_instance" "main" {
  identifier             = "orders"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t4g.medium"
  allocated_storage      = 50
  db_name                = "orders"
  username               = "app"
  password               = random_password.master.result
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [data.aws_security_group.default.id]
  skip_final_snapshot    = true
}

resource "aws_db_instance" "replica" {
  identifier          = "orders-replica"
  replicate_source_db = aws_db_instance.main.identifier
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
}

resource "aws_secretsmanager_secret" "orders" {
  name = "orders/database"
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_id = aws_secretsmanager_secret.orders.id

  secret_string = jsonencode({
    host     = aws_db_instance.main.address
    password = random_password.master.result
    port     = aws_db_instance.main.port
  })
}

resource "aws_rds_cluster" "aurora" {
  cluster_identifier          = "aurora"
  engine                      = "aurora-postgresql"
  engine_version              = "16.4"
  master_username             = "root"
  manage_master_user_password = true
  db_subnet_group_name        = aws_db_subnet_group.this.name
  skip_final_snapshot         = true
}

resource "aws_rds_cluster_instance" "aurora" {
  count              = 2
  identifier         = "aurora-${count.index}"
  cluster_identifier = aws_rds_cluster.aurora.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.aurora.engine
}

data "aws_secretsmanager_secret_version" "aurora" {
  secret_id = aws_rds_cluster.aurora.master_user_secret[0].secret_arn
}

output "user" {
  value     = jsondecode(data.aws_secretsmanager_secret_version.aurora.secret_string).username
  sensitive = true

  precondition {
    condition     = jsondecode(data.aws_secretsmanager_secret_version.aurora.secret_string).username == "root"
    error_message = "The secret that AWS keeps names another user."
  }

  precondition {
    condition     = aws_db_instance.replica.engine == "postgres"
    error_message = "A replica has the engine of what it replicates, not ${aws_db_instance.replica.engine}."
  }
}
