provider "aws" {
  region              = local.env.region
  allowed_account_ids = [local.env.account] # credentials of another account end here

  default_tags {
    tags = {
      "causeway/environment" = local.env.name
      "causeway/stack"       = "gitops"
    }
  }
}

# Both reach the cluster as its administrator, by tokens of 15 minutes that the AWS CLI makes when they are needed: none is in a plan or a state.

provider "helm" {
  kubernetes = {
    host                   = local.cluster.endpoint
    cluster_ca_certificate = local.cluster.certificate
    exec                   = local.cluster.login
  }
}

provider "kubernetes" {
  host                   = local.cluster.endpoint
  cluster_ca_certificate = local.cluster.certificate

  exec {
    api_version = local.cluster.login.api_version
    command     = local.cluster.login.command
    args        = local.cluster.login.args
  }
}
