# What a description becomes: policies are evaluated by a provider, not a mock.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context = { name = "causeway", tags = { owner = "platform-team" } }
  image_registry = {
    repositories = { shop = {} }
    kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
  }
}

run "what_is_not_said_is_safe" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this["shop"].name == "causeway/shop" && aws_ecr_repository.this["shop"].image_tag_mutability == "IMMUTABLE" && !aws_ecr_repository.this["shop"].force_delete && aws_ecr_repository.this["shop"].image_scanning_configuration[0].scan_on_push
    error_message = "The repository is ${jsonencode(aws_ecr_repository.this["shop"])}."
  }

  assert {
    condition     = aws_ecr_repository.this["shop"].encryption_configuration[0].encryption_type == "KMS" && aws_ecr_repository.this["shop"].encryption_configuration[0].kms_key == var.image_registry.kms_key_arn
    error_message = "Images are encrypted by ${jsonencode(aws_ecr_repository.this["shop"].encryption_configuration)}."
  }

  assert {
    condition     = length(aws_ecr_repository_policy.this) == 0
    error_message = "Others have access although none is named."
  }
}

run "released_images_are_out_of_reach_of_what_deletes_others" {
  command = plan

  variables {
    image_registry = merge(var.image_registry, { repositories = { shop = { released = { tags = ["v*", "release-*"], keep = 50 }, untagged_days = 3, unreleased_days = 30 } } })
  }

  assert {
    condition = [for rule in jsondecode(aws_ecr_lifecycle_policy.this["shop"].policy).rules : [rule.rulePriority, try(rule.selection.tagPatternList, rule.selection.tagStatus), rule.selection.countType, rule.selection.countNumber]] == [
      [1, ["v*"], "imageCountMoreThan", 50],
      [2, ["release-*"], "imageCountMoreThan", 50],
      [100, "untagged", "sinceImagePushed", 3],
      [101, "any", "sinceImagePushed", 30],
    ]
    error_message = "The rules are ${aws_ecr_lifecycle_policy.this["shop"].policy}."
  }
}

run "others_pull_and_named_roles_push" {
  command = plan

  variables {
    image_registry = merge(var.image_registry, {
      pull = { accounts = ["444455556666"], organization = "o-a1b2c3d4e5", functions = ["arn:aws:lambda:eu-central-1:444455556666:function:shop-*"] }
      push = ["arn:aws:iam::444455556666:role/pipeline"]
    })
  }

  assert {
    condition = { for statement in jsondecode(aws_ecr_repository_policy.this["shop"].policy).Statement : statement.Sid => [jsonencode(statement.Principal), try(jsonencode(statement.Condition), "")] } == {
      PullByAccounts     = [jsonencode({ AWS = "arn:aws:iam::444455556666:root" }), ""]
      PullByFunctions    = [jsonencode({ Service = "lambda.amazonaws.com" }), jsonencode({ ArnLike = { "aws:SourceArn" = "arn:aws:lambda:eu-central-1:444455556666:function:shop-*" } })]
      PullByOrganization = [jsonencode({ AWS = "*" }), jsonencode({ StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } })]
      PushByRoles        = [jsonencode({ AWS = "arn:aws:iam::444455556666:role/pipeline" }), ""]
    }
    error_message = "The policy is ${aws_ecr_repository_policy.this["shop"].policy}."
  }

  assert {
    condition     = [for statement in jsondecode(aws_ecr_repository_policy.this["shop"].policy).Statement : statement.Sid if contains(statement.Action, "ecr:PutImage")] == ["PushByRoles"]
    error_message = "Who pulls may push: ${aws_ecr_repository_policy.this["shop"].policy}."
  }
}
