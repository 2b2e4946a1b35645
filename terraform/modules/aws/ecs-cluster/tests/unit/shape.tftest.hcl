# What a description becomes. Nothing here needs a cloud.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }

  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-0123456789abcdef0" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/dev" }
  }

  mock_resource "aws_iam_instance_profile" {
    defaults = { arn = "arn:aws:iam::111122223333:instance-profile/dev" }
  }

  mock_resource "aws_autoscaling_group" {
    defaults = { arn = "arn:aws:autoscaling:eu-central-1:111122223333:autoScalingGroup:0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b:autoScalingGroupName/dev" }
  }

  mock_resource "aws_launch_template" {
    defaults = { latest_version = 1 }
  }

  mock_resource "aws_service_discovery_private_dns_namespace" {
    defaults = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:/causeway/dev/telemetry" }
  }
}

variables {
  context = { name = "dev", tags = { owner = "platform-team" } }
  ecs_cluster = {
    network = {
      vpc     = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }
      subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" }, b = { id = "subnet-0f1e2d3c4b5a69788" } } }
    }
  }
}

run "what_is_not_said_is_safe" {
  command = plan

  assert {
    condition     = aws_launch_template.this.metadata_options[0].http_tokens == "required" && aws_launch_template.this.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "Containers reach the credentials of their instance."
  }

  assert {
    condition     = aws_launch_template.this.network_interfaces[0].associate_public_ip_address == "false" && aws_launch_template.this.block_device_mappings[0].ebs[0].encrypted == "true"
    error_message = "Instances have public addresses, or disks that are not encrypted."
  }

  assert {
    condition     = aws_autoscaling_group.this.protect_from_scale_in && !aws_autoscaling_group.this.force_delete && aws_autoscaling_group.this.vpc_zone_identifier == toset(["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"])
    error_message = "Instances with tasks can be stopped, or stand in other zones than the network's."
  }

  assert {
    condition     = one(aws_ecs_capacity_provider.this.auto_scaling_group_provider).managed_draining == "ENABLED" && one(aws_ecs_capacity_provider.this.auto_scaling_group_provider).managed_termination_protection == "ENABLED"
    error_message = "Instances are stopped with tasks on them."
  }

  assert {
    condition     = one([for setting in aws_ecs_cluster.this.setting : setting.value if setting.name == "containerInsights"]) == "enhanced"
    error_message = "CloudWatch does not see into the cluster."
  }

  assert {
    condition     = length(aws_ecs_service.telemetry) + length(aws_cloudwatch_log_group.telemetry) == 0 && output.ecs_cluster.telemetry == null
    error_message = "There is a collector although none was asked for."
  }
}

run "the_image_and_the_agent_fit_the_instances" {
  command = plan

  assert {
    condition     = data.aws_ssm_parameter.image[0].name == "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id" && output.ecs_cluster.architecture == "arm64"
    error_message = "A Graviton instance starts ${data.aws_ssm_parameter.image[0].name}."
  }

  assert {
    condition     = strcontains(base64decode(aws_launch_template.this.user_data), "\nECS_CLUSTER=dev\n") && strcontains(base64decode(aws_launch_template.this.user_data), "\nECS_AWSVPC_BLOCK_IMDS=true\n")
    error_message = "The agent is told ${base64decode(aws_launch_template.this.user_data)}."
  }
}

run "in_bridge_mode_ports_of_instances_are_open_to_tasks_and_load_balancers" {
  command = plan

  variables {
    ecs_cluster = {
      network        = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
      load_balancers = { edge = "sg-0a1b2c3d4e5f60718" }
      instances      = { type = "g5.xlarge" }
      telemetry      = { image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/tools/collector:1@sha256:0000000000000000000000000000000000000000000000000000000000000001", config = "receivers: { otlp: {} }" }
      protected      = false
    }
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.load_balancer["edge"].referenced_security_group_id == "sg-0a1b2c3d4e5f60718" && aws_vpc_security_group_egress_rule.load_balancer["edge"].security_group_id == "sg-0a1b2c3d4e5f60718"
    error_message = "The load balancer does not reach tasks."
  }

  assert {
    condition     = [aws_vpc_security_group_ingress_rule.tasks[0].from_port, aws_vpc_security_group_ingress_rule.tasks[0].to_port] == [32768, 60999] && strcontains(base64decode(aws_launch_template.this.user_data), "ECS_DYNAMIC_HOST_PORT_RANGE=32768-60999")
    error_message = "Tasks get other ports than those that are open."
  }

  assert {
    condition     = output.ecs_cluster.telemetry == { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" } && output.ecs_cluster.architecture == "x86_64"
    error_message = "Tasks send telemetry to ${jsonencode(output.ecs_cluster.telemetry)}."
  }

  assert {
    condition     = local.collector_repository == ["111122223333", "eu-central-1", "tools/collector"]
    error_message = "The collector's image is of ${jsonencode(local.collector_repository)}."
  }

  assert {
    condition     = aws_autoscaling_group.this.force_delete
    error_message = "A cluster that is not protected cannot be deleted while tasks run."
  }
}

run "with_addresses_of_their_own_tasks_find_a_collector_by_name" {
  command = plan

  variables {
    ecs_cluster = {
      network    = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
      networking = "awsvpc"
      telemetry  = { image = "example.com/collector@sha256:0000000000000000000000000000000000000000000000000000000000000001", config = "receivers: { otlp: {} }" }
    }
  }

  assert {
    condition     = output.ecs_cluster.telemetry.http == "http://telemetry.dev.internal:4318" && length(aws_service_discovery_service.telemetry) == 1
    error_message = "Tasks send telemetry to ${jsonencode(output.ecs_cluster.telemetry)}."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.tasks) + length(aws_vpc_security_group_egress_rule.tasks) == 0
    error_message = "Ports of instances are open although no task is behind them."
  }

  assert {
    condition     = aws_ecs_service.telemetry[0].scheduling_strategy == "DAEMON" && aws_ecs_service.telemetry[0].deployment_maximum_percent == 100 && length(aws_ecs_service.telemetry[0].network_configuration) == 1
    error_message = "The collector is not one task on each instance."
  }

  assert {
    condition = alltrue([for container in jsondecode(aws_ecs_task_definition.telemetry[0].container_definitions) :
      container.readonlyRootFilesystem && container.user == "10001" && container.logConfiguration.options["awslogs-group"] == aws_cloudwatch_log_group.telemetry[0].name
    ])
    error_message = "The collector is ${aws_ecs_task_definition.telemetry[0].container_definitions}."
  }
}

run "with_public_addresses_instances_stand_in_public_subnets" {
  command = plan

  variables {
    ecs_cluster = {
      network   = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } }, public = { a = { id = "subnet-1a1b2c3d4e5f60718" } } } }
      instances = { public_address = true }
      insights  = "disabled"
    }
  }

  assert {
    condition     = aws_autoscaling_group.this.vpc_zone_identifier == toset(["subnet-1a1b2c3d4e5f60718"]) && aws_launch_template.this.network_interfaces[0].associate_public_ip_address == "true"
    error_message = "Instances stand in ${jsonencode(aws_autoscaling_group.this.vpc_zone_identifier)}."
  }

  assert {
    condition     = !aws_launch_template.this.monitoring[0].enabled
    error_message = "Metrics by the minute are gathered."
  }
}
