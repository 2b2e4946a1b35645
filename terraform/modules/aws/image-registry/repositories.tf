resource "aws_ecr_repository" "this" {
  for_each = var.image_registry.repositories

  name                 = "${var.context.name}/${each.key}"
  image_tag_mutability = "IMMUTABLE" # what was reviewed under a tag stays what the tag means
  force_delete         = !var.image_registry.protected
  tags                 = var.context.tags

  image_scanning_configuration {
    scan_on_push = true
  }

  # ECR uses the key by a grant that it gets when the repository is made: who pulls needs nothing of the key.
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.image_registry.kms_key_arn
  }
}
