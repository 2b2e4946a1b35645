resource "aws_ecr_repository" "this" {
  name                 = "ecr-1-unknown"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = terraform_data.later.id
  }
}

resource "terraform_data" "later" {}
