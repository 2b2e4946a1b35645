# Against a provider, not a mock: policy documents are evaluated and every argument is checked against the genuine schema.

provider "aws" {
  region = "eu-central-1"
}

run "roles_trust_their_service_for_this_cluster_alone" {
  command = plan

  variables {
    context = { name = "dev" }
    eks_cluster = {
      subnets     = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
      keys        = { data = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b", logs = "arn:aws:kms:eu-central-1:111122223333:key/1f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
      access      = { platform = { role = "arn:aws:iam::111122223333:role/platform", may = "administer-cluster" } }
      node_groups = { general = { instances = ["m7i.large"], size = { min = 2, max = 4 } } }
    }
  }

  assert {
    condition = jsondecode(aws_iam_role.addon["vpc-cni"].assume_role_policy).Statement == [{
      Sid       = "ThisCluster"
      Effect    = "Allow"
      Action    = ["sts:TagSession", "sts:AssumeRole"]
      Principal = { Service = "pods.eks.amazonaws.com" }
      Condition = {
        ArnEquals    = { "aws:SourceArn" = "arn:aws:eks:eu-central-1:${data.aws_caller_identity.this.account_id}:cluster/dev" }
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id }
      }
    }]
    error_message = "The add-on's role trusts ${aws_iam_role.addon["vpc-cni"].assume_role_policy}."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.cluster.policy).Statement[0].Resource == var.eks_cluster.keys.data
    error_message = "The cluster may use ${aws_iam_role_policy.cluster.policy}."
  }

  assert {
    condition     = aws_eks_addon.per_node["kube-proxy"].addon_version == "v1.35.1-eksbuild.1"
    error_message = "The version of kube-proxy is ${aws_eks_addon.per_node["kube-proxy"].addon_version}."
  }
}
