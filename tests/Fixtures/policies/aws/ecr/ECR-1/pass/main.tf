resource "aws_ecr_repository" "this" {
  name                 = "ecr-1-pass"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.this.arn
  }
}

resource "aws_kms_key" "this" {}
