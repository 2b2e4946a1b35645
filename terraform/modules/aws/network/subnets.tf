locals {
  # Half of the addresses for what runs, a quarter for what keeps data, an eighth for what faces the internet. The last eighth stays free.
  tiers = {
    private = { bits = 1, number = 0 }
    data    = { bits = 2, number = 2 }
    public  = { bits = 3, number = 6 }
  }

  zones = local.is_new ? var.network.zones : {}

  subnets = merge([
    for tier, block in local.tiers : {
      for zone, slot in local.zones : "${tier}-${zone}" => {
        tier = tier
        zone = zone
        cidr = cidrsubnet(cidrsubnet(var.network.cidr, block.bits, block.number), 2, slot) # 2 bits: four slots
      }
    }
  ]...)

  kubernetes_tags = var.network.kubernetes ? {
    public  = { "kubernetes.io/role/elb" = "1" }
    private = { "kubernetes.io/role/internal-elb" = "1" }
  } : {}
}

resource "aws_subnet" "this" {
  for_each = local.subnets

  vpc_id                  = aws_vpc.this[0].id
  cidr_block              = each.value.cidr
  availability_zone       = "${local.region}${each.value.zone}"
  map_public_ip_on_launch = false # a public address is asked for by name, never had by accident
  tags                    = merge(var.context.tags, lookup(local.kubernetes_tags, each.value.tier, {}), { Name = "${var.context.name}-${each.key}" })
}
