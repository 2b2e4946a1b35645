# One repository for each component of each workload that the environment has a release of: images are pushed before the stack `workload` runs them.

locals {
  releases = [for file in fileset("${path.module}/../../../envs/${var.environment}/releases", "*.yaml") : trimsuffix(file, ".yaml")]

  # Named as env.registry says, <registry>/<workload>-<component>.
  images = toset(flatten([
    for workload in local.releases : [
      for component in keys(yamldecode(file("${path.module}/../../../../services/${workload}/workload.yaml")).workload.components) : "${workload}-${component}"
    ]
  ]))

  # A registry of another account, or of another kind, is its owner's.
  registry_host   = "${local.env.account}.dkr.ecr.${local.env.region}.amazonaws.com/"
  is_own_registry = startswith(local.env.registry, local.registry_host)
}

module "image_registry" {
  source = "../../../modules/aws/image-registry"
  count  = local.is_own_registry && length(local.images) > 0 ? 1 : 0

  context = { name = trimprefix(local.env.registry, local.registry_host) }
  image_registry = {
    repositories = { for image in local.images : image => {} }
    kms_key_arn  = module.key["data"].kms_key.arn
    protected    = local.env.protected
  }
}

output "image_registry" {
  description = "The registry, as module image-registry hands it on. Null: images come from elsewhere, or nothing is released."
  value       = one(module.image_registry[*].image_registry)
}
