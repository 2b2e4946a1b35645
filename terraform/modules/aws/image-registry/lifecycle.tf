# What is deleted, and when. An image that a rule selects by its tags is out of reach of every later rule, so released images come first: they are only ever
# deleted when there are more of them than are kept.

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name
  policy     = jsonencode({ rules = concat(local.released_rules[each.key], local.other_rules[each.key]) })
}

locals {
  # One rule for each pattern: a rule with several selects the images that match all of them.
  released_rules = {
    for name, repository in var.image_registry.repositories : name => [
      for index, pattern in repository.released.tags : {
        rulePriority = index + 1
        description  = "Keeps ${repository.released.keep} images that are tagged ${pattern}"
        selection    = { tagStatus = "tagged", tagPatternList = [pattern], countType = "imageCountMoreThan", countNumber = repository.released.keep }
        action       = { type = "expire" }
      }
    ]
  }

  other_rules = {
    for name, repository in var.image_registry.repositories : name => [
      {
        rulePriority = 100
        description  = "Deletes images without a tag"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = repository.untagged_days }
        action       = { type = "expire" }
      },
      {
        rulePriority = 101
        description  = "Deletes images that were not released"
        selection    = { tagStatus = "any", countType = "sinceImagePushed", countUnit = "days", countNumber = repository.unreleased_days }
        action       = { type = "expire" }
      },
    ]
  }
}
