resource "aws_ecr_repository" "mutable" {
  name                 = "ecr-1-fail-mutable"
  image_tag_mutability = "MUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.this.arn
  }
}

resource "aws_ecr_repository" "unscanned" {
  name                 = "ecr-1-fail-unscanned"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = false
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.this.arn
  }
}

resource "aws_ecr_repository" "managed" {
  name                 = "ecr-1-fail-managed"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "AES256"
    kms_key         = null
  }
}

resource "aws_ecr_repository" "silent" {
  name = "ecr-1-fail-silent"
}

resource "aws_kms_key" "this" {}
