# The domain below which every workload has its host, and the certificate that the load balancer shows for all of them.
module "domain" {
  source = "../../../modules/aws/dns-and-certificate"

  context = { name = local.env.name }
  dns_and_certificate = {
    domain    = local.env.edge.domain
    existing  = try({ zone_id = local.env.edge.zone.existing }, null)
    parent    = try({ zone_id = local.env.edge.zone.parent }, null)
    protected = local.env.protected
  }
}
