using System.Text.RegularExpressions;

namespace Causeway.Offline.Terraform.Traits;

/// <summary>
/// What ids and ARNs of AWS resources look like, by resource type: written from AWS's documentation, independently of the provider's tables, so that what the
/// provider makes up can be held against it.
/// </summary>
/// <remarks>
/// Ids: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html and the resources' own API references (where Terraform joins an id from several
/// arguments: the section "Import" of the provider's documentation). ARNs: the tables "Resource types defined by" of
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
/// </remarks>
internal static partial class IdentityPatterns
{
    // type | id | arn. `=arn`: the id is the ARN; `-`: there is none; `service resource` is short for the whole ARN, with `!` where it has no region, and `!!`
    // where it has no account either. What stands in angle brackets is in Classes; the rest is a regular expression, in which `\|` is an alternative.
    private const string Table = """
        aws_acm_certificate | =arn | acm certificate/<uuid>
        aws_acm_certificate_validation | <time> | -
        aws_ami_from_instance | ami-<hex17> | ^arn:<partition>:ec2:<region>::image/ami-<hex17>
        aws_api_gateway_api_key | <alnum> | ^arn:<partition>:apigateway:<region>::/apikeys/<alnum>
        aws_api_gateway_authorizer | <alnum> | ^arn:<partition>:apigateway:<region>::/restapis/<alnum>/authorizers/<alnum>
        aws_api_gateway_deployment | <alnum> | -
        aws_api_gateway_domain_name | <name> | ^arn:<partition>:apigateway:<region>::/domainnames/<name>
        aws_api_gateway_integration | agi-<alnum>-<alnum>-<upper> | -
        aws_api_gateway_method | agm-<alnum>-<alnum>-<upper> | -
        aws_api_gateway_resource | <alnum> | -
        aws_api_gateway_rest_api | <alnum> | ^arn:<partition>:apigateway:<region>::/restapis/<alnum>
        aws_api_gateway_stage | ags-<alnum>-<name> | ^arn:<partition>:apigateway:<region>::/restapis/<alnum>/stages/<name>
        aws_api_gateway_usage_plan | <alnum> | ^arn:<partition>:apigateway:<region>::/usageplans/<alnum>
        aws_apigatewayv2_api | <alnum> | ^arn:<partition>:apigateway:<region>::/apis/<alnum>
        aws_apigatewayv2_authorizer | <alnum> | -
        aws_apigatewayv2_domain_name | <name> | ^arn:<partition>:apigateway:<region>::/domainnames/<name>
        aws_apigatewayv2_integration | <alnum> | -
        aws_apigatewayv2_route | <alnum> | -
        aws_apigatewayv2_stage | <name> | ^arn:<partition>:apigateway:<region>::/apis/<any>/stages/<name>
        aws_apigatewayv2_vpc_link | <alnum> | ^arn:<partition>:apigateway:<region>::/vpclinks/<alnum>
        aws_appautoscaling_policy | <name> | autoscaling scalingPolicy:<uuid>:resource/<name>:policyName/<name>
        aws_appautoscaling_scheduled_action | <name> | autoscaling scheduledAction:<uuid>:resource/<name>:scheduledActionName/<name>
        aws_appautoscaling_target | <name> | application-autoscaling scalable-target/<hex>
        aws_apprunner_service | =arn | apprunner service/<name>/<hex>
        aws_autoscaling_attachment | <name>-<digits> | -
        aws_autoscaling_group | <name> | autoscaling autoScalingGroup:<uuid>:autoScalingGroupName/<name>
        aws_autoscaling_group_tag | <name>,<name> | -
        aws_autoscaling_lifecycle_hook | <name> | -
        aws_autoscaling_policy | <name> | autoscaling scalingPolicy:<uuid>:autoScalingGroupName/<name>:policyName/<name>
        aws_autoscaling_schedule | <name> | autoscaling scheduledUpdateGroupAction:<uuid>:autoScalingGroupName/<name>:scheduledActionName/<name>
        aws_backup_plan | <uuid> | backup backup-plan:<uuid>
        aws_backup_vault | <name> | backup backup-vault:<name>
        aws_batch_compute_environment | <name> | batch compute-environment/<name>
        aws_batch_job_definition | =arn | batch job-definition/<name>:<digits>
        aws_batch_job_queue | =arn | batch job-queue/<name>
        aws_batch_scheduling_policy | =arn | batch scheduling-policy/<name>
        aws_cloudfront_distribution | E<upper> | ^arn:<partition>:cloudfront::<account>:distribution/E<upper>
        aws_cloudfront_origin_access_control | E<upper> | ^arn:<partition>:cloudfront::<account>:origin-access-control/E<upper>
        aws_cloudfront_origin_access_identity | E<upper> | ^arn:<partition>:cloudfront::<account>:origin-access-identity/E<upper>
        aws_cloudtrail | =arn | cloudtrail trail/<name>
        aws_cloudwatch_composite_alarm | <name> | cloudwatch alarm:<name>
        aws_cloudwatch_dashboard | <name> | -
        aws_cloudwatch_event_api_destination | <name> | events api-destination/<name>/<uuid>
        aws_cloudwatch_event_archive | <name> | events archive/<name>
        aws_cloudwatch_event_bus | <name> | events event-bus/<name>
        aws_cloudwatch_event_connection | <name> | events connection/<name>/<uuid>
        aws_cloudwatch_event_permission | <name>-<name> | -
        aws_cloudwatch_event_rule | <name> | events rule/<name>
        aws_cloudwatch_event_target | <name>-<name> | -
        aws_cloudwatch_log_group | <path> | logs log-group:<path>
        aws_cloudwatch_log_metric_filter | <name> | -
        aws_cloudwatch_log_resource_policy | <name> | -
        aws_cloudwatch_log_stream | <path> | logs log-group:<path>:log-stream:<path>
        aws_cloudwatch_log_subscription_filter | cwlsf-<digits> | -
        aws_cloudwatch_metric_alarm | <name> | cloudwatch alarm:<name>
        aws_codebuild_project | =arn | codebuild project/<name>
        aws_cognito_identity_pool | <region>:<uuid> | cognito-identity identitypool/<region>:<uuid>
        aws_cognito_user_pool | <region>_<alnum> | cognito-idp userpool/<region>_<alnum>
        aws_cognito_user_pool_client | <alnum> | -
        aws_customer_gateway | cgw-<hex17> | ec2 customer-gateway/cgw-<hex17>
        aws_db_event_subscription | <name> | rds es:<name>
        aws_db_instance | db-<upper26> | rds db:<name>
        aws_db_instance_role_association | <name>,<arn> | -
        aws_db_option_group | <name> | rds og:<name>
        aws_db_parameter_group | <name> | rds pg:<name>
        aws_db_proxy | <name> | rds db-proxy:prx-<hex17>
        aws_db_proxy_default_target_group | <name> | rds target-group:prx-tg-<hex17>
        aws_db_subnet_group | <name> | rds subgrp:<name>
        aws_default_network_acl | acl-<hex17> | ec2 network-acl/acl-<hex17>
        aws_default_route_table | rtb-<hex17> | ec2 route-table/rtb-<hex17>
        aws_default_security_group | sg-<hex17> | ec2 security-group/sg-<hex17>
        aws_default_subnet | subnet-<hex17> | ec2 subnet/subnet-<hex17>
        aws_default_vpc | vpc-<hex17> | ec2 vpc/vpc-<hex17>
        aws_default_vpc_dhcp_options | dopt-<hex17> | ec2 dhcp-options/dopt-<hex17>
        aws_docdb_cluster | <name> | rds cluster:<name>
        aws_docdb_cluster_instance | <name> | rds db:<name>
        aws_dynamodb_contributor_insights | name:<name>/index:(<name>)?/<account> | -
        aws_dynamodb_kinesis_streaming_destination | <name>,<arn> | -
        aws_dynamodb_resource_policy | <arn> | -
        aws_dynamodb_table | <name> | dynamodb table/<name>
        aws_dynamodb_table_item | <name>\|<name>\|<name> | -
        aws_dynamodb_table_replica | <any> | <any>
        aws_ebs_encryption_by_default | terraform-<digits26> | -
        aws_ebs_snapshot | snap-<hex17> | ^arn:<partition>:ec2:<region>::snapshot/snap-<hex17>
        aws_ebs_volume | vol-<hex17> | ec2 volume/vol-<hex17>
        aws_ec2_capacity_reservation | cr-<hex17> | ec2 capacity-reservation/cr-<hex17>
        aws_ec2_instance_connect_endpoint | eice-<hex17> | ec2 instance-connect-endpoint/eice-<hex17>
        aws_ec2_instance_state | i-<hex17> | -
        aws_ec2_managed_prefix_list | pl-<hex17> | ec2 prefix-list/pl-<hex17>
        aws_ec2_tag | <name>,<any> | -
        aws_ec2_transit_gateway | tgw-<hex17> | ec2 transit-gateway/tgw-<hex17>
        aws_ec2_transit_gateway_vpc_attachment | tgw-attach-<hex17> | ec2 transit-gateway-attachment/tgw-attach-<hex17>
        aws_ecr_lifecycle_policy | <path> | -
        aws_ecr_pull_through_cache_rule | <path> | -
        aws_ecr_registry_policy | <account> | -
        aws_ecr_registry_scanning_configuration | <account> | -
        aws_ecr_replication_configuration | <account> | -
        aws_ecr_repository | <path> | ecr repository/<path>
        aws_ecr_repository_creation_template | <path> | -
        aws_ecr_repository_policy | <path> | -
        aws_ecs_capacity_provider | =arn | ecs capacity-provider/<name>
        aws_ecs_cluster | =arn | ecs cluster/<name>
        aws_ecs_cluster_capacity_providers | <name> | -
        aws_ecs_service | =arn | ecs service/<name>/<name>
        aws_ecs_task_definition | <name> | ecs task-definition/<name>:<digits>
        aws_efs_access_point | fsap-<hex17> | elasticfilesystem access-point/fsap-<hex17>
        aws_efs_file_system | fs-<hex17> | elasticfilesystem file-system/fs-<hex17>
        aws_efs_mount_target | fsmt-<hex17> | -
        aws_egress_only_internet_gateway | eigw-<hex17> | -
        aws_eip | eipalloc-<hex17> | ec2 elastic-ip/eipalloc-<hex17>
        aws_eip_association | eipassoc-<hex17> | -
        aws_eks_access_entry | <name>:<arn> | -
        aws_eks_access_policy_association | <name>#<arn>#<arn> | -
        aws_eks_addon | <name>:<name> | eks addon/<name>/<name>/<uuid>
        aws_eks_cluster | <name> | eks cluster/<name>
        aws_eks_fargate_profile | <name>:<name> | eks fargateprofile/<name>/<name>/<uuid>
        aws_eks_identity_provider_config | <name>:<name> | eks identityproviderconfig/<name>/oidc/<name>/<uuid>
        aws_eks_node_group | <name>:<name> | eks nodegroup/<name>/<name>/<uuid>
        aws_eks_pod_identity_association | a-<alnum> | -
        aws_elasticache_cluster | <name> | elasticache cluster:<name>
        aws_elasticache_parameter_group | <name> | elasticache parametergroup:<name>
        aws_elasticache_replication_group | <name> | elasticache replicationgroup:<name>
        aws_elasticache_subnet_group | <name> | elasticache subnetgroup:<name>
        aws_elasticache_user | <name> | elasticache user:<name>
        aws_elasticache_user_group | <name> | elasticache usergroup:<name>
        aws_elb | <name> | elasticloadbalancing loadbalancer/<name>
        aws_flow_log | fl-<hex17> | ec2 vpc-flow-log/fl-<hex17>
        aws_glue_catalog_database | <account>:<name> | glue database/<name>
        aws_glue_catalog_table | <account>:<name>:<name> | glue table/<name>/<name>
        aws_guardduty_detector | <hex> | guardduty detector/<hex>
        aws_iam_access_key | AKIA<upper16> | -
        aws_iam_account_alias | <name> | -
        aws_iam_account_password_policy | iam-account-password-policy | -
        aws_iam_group | <name> | iam! group/<path>
        aws_iam_group_membership | <name> | -
        aws_iam_group_policy | <name>:<name> | -
        aws_iam_group_policy_attachment | <name>/<arn> | -
        aws_iam_instance_profile | <name> | iam! instance-profile/<path>
        aws_iam_openid_connect_provider | =arn | iam! oidc-provider/<host>
        aws_iam_policy | =arn | iam! policy/<path>
        aws_iam_policy_attachment | <name> | -
        aws_iam_role | <name> | iam! role/<path>
        aws_iam_role_policies_exclusive | - | -
        aws_iam_role_policy | <name>:<name> | -
        aws_iam_role_policy_attachment | <name>/<arn> | -
        aws_iam_role_policy_attachments_exclusive | - | -
        aws_iam_service_linked_role | =arn | iam! role/aws-service-role/<host>/AWSServiceRoleFor<name>
        aws_iam_user | <name> | iam! user/<path>
        aws_iam_user_group_membership | terraform-<digits26> | -
        aws_iam_user_policy | <name>:<name> | -
        aws_iam_user_policy_attachment | <name>/<arn> | -
        aws_instance | i-<hex17> | ec2 instance/i-<hex17>
        aws_internet_gateway | igw-<hex17> | ec2 internet-gateway/igw-<hex17>
        aws_internet_gateway_attachment | igw-<hex17>:vpc-<hex17> | -
        aws_key_pair | <name> | ec2 key-pair/<name>
        aws_kinesis_firehose_delivery_stream | =arn | firehose deliverystream/<name>
        aws_kinesis_stream | =arn | kinesis stream/<name>
        aws_kinesis_stream_consumer | =arn | <arn>/consumer/<name>:<digits>
        aws_kms_alias | alias/<path> | kms alias/<path>
        aws_kms_external_key | <uuid> | kms key/<uuid>
        aws_kms_grant | <name>:<hex> | -
        aws_kms_key | <uuid> | kms key/<uuid>
        aws_kms_key_policy | <any> | -
        aws_kms_replica_key | mrk-<hex> | kms key/mrk-<hex>
        aws_lambda_alias | =arn | lambda function:<name>:<name>
        aws_lambda_code_signing_config | =arn | lambda code-signing-config:csc-<hex17>
        aws_lambda_event_source_mapping | <uuid> | lambda event-source-mapping:<uuid>
        aws_lambda_function | <name> | lambda function:<name>
        aws_lambda_function_event_invoke_config | <any> | -
        aws_lambda_function_url | <any> | -
        aws_lambda_layer_version | =arn | lambda layer:<name>:<digits>
        aws_lambda_layer_version_permission | <any>,<digits> | -
        aws_lambda_permission | <name> | -
        aws_lambda_provisioned_concurrency_config | <any>,<name> | -
        aws_launch_configuration | <name> | autoscaling launchConfiguration:<uuid>:launchConfigurationName/<name>
        aws_launch_template | lt-<hex17> | ec2 launch-template/lt-<hex17>
        aws_lb | =arn | elasticloadbalancing loadbalancer/(app\|net\|gwy)/<name>/<hex16>
        aws_lb_listener | =arn | elasticloadbalancing listener/(app\|net\|gwy)/<name>/<hex16>/<hex16>
        aws_lb_listener_certificate | <arn>_<arn> | -
        aws_lb_listener_rule | =arn | elasticloadbalancing listener-rule/(app\|net)/<name>/<hex16>/<hex16>/<hex16>
        aws_lb_target_group | =arn | elasticloadbalancing targetgroup/<name>/<hex16>
        aws_lb_target_group_attachment | <arn>-<digits26> | -
        aws_lb_trust_store | =arn | elasticloadbalancing truststore/<name>/<hex16>
        aws_main_route_table_association | rtbassoc-<hex17> | -
        aws_mq_broker | b-<uuid> | mq broker:<name>:b-<uuid>
        aws_msk_cluster | =arn | kafka cluster/<name>/<uuid>-<digits>
        aws_msk_configuration | =arn | kafka configuration/<name>/<uuid>-<digits>
        aws_nat_gateway | nat-<hex17> | -
        aws_network_acl | acl-<hex17> | ec2 network-acl/acl-<hex17>
        aws_network_acl_association | aclassoc-<hex17> | -
        aws_network_acl_rule | nacl-<digits> | -
        aws_network_interface | eni-<hex17> | ec2 network-interface/eni-<hex17>
        aws_opensearch_domain | =arn | es domain/<name>
        aws_pipes_pipe | <name> | pipes pipe/<name>
        aws_placement_group | <name> | ec2 placement-group/<name>
        aws_rds_cluster | <name> | rds cluster:<name>
        aws_rds_cluster_endpoint | <name> | rds cluster-endpoint:<name>
        aws_rds_cluster_instance | <name> | rds db:<name>
        aws_rds_cluster_parameter_group | <name> | rds cluster-pg:<name>
        aws_rds_cluster_role_association | <name>,<arn> | -
        aws_rds_global_cluster | <name> | rds! global-cluster:<name>
        aws_redshift_cluster | <name> | redshift cluster:<name>
        aws_redshift_subnet_group | <name> | redshift subnetgroup:<name>
        aws_route | r-rtb-<hex17><digits> | -
        aws_route53_health_check | <uuid> | route53!! healthcheck/<uuid>
        aws_route53_record | Z<upper>_<name>_<upper>(_<name>)? | -
        aws_route53_zone | Z<upper> | route53!! hostedzone/Z<upper>
        aws_route53_zone_association | Z<upper>:vpc-<hex17> | -
        aws_route_table | rtb-<hex17> | ec2 route-table/rtb-<hex17>
        aws_route_table_association | rtbassoc-<hex17> | -
        aws_s3_access_point | <account>:<name> | s3 accesspoint/<name>
        aws_s3_account_public_access_block | <account> | -
        aws_s3_bucket | <bucket> | s3!! <bucket>
        aws_s3_bucket_accelerate_configuration | <bucket> | -
        aws_s3_bucket_acl | <bucket>(,<name>)? | -
        aws_s3_bucket_analytics_configuration | <bucket>:<name> | -
        aws_s3_bucket_cors_configuration | <bucket> | -
        aws_s3_bucket_intelligent_tiering_configuration | <bucket>:<name> | -
        aws_s3_bucket_inventory | <bucket>:<name> | -
        aws_s3_bucket_lifecycle_configuration | <bucket> | -
        aws_s3_bucket_logging | <bucket> | -
        aws_s3_bucket_metric | <bucket>:<name> | -
        aws_s3_bucket_notification | <bucket> | -
        aws_s3_bucket_object | <path> | s3!! <bucket>/<path>
        aws_s3_bucket_object_lock_configuration | <bucket> | -
        aws_s3_bucket_ownership_controls | <bucket> | -
        aws_s3_bucket_policy | <bucket> | -
        aws_s3_bucket_public_access_block | <bucket> | -
        aws_s3_bucket_replication_configuration | <bucket> | -
        aws_s3_bucket_request_payment_configuration | <bucket> | -
        aws_s3_bucket_server_side_encryption_configuration | <bucket> | -
        aws_s3_bucket_versioning | <bucket> | -
        aws_s3_bucket_website_configuration | <bucket> | -
        aws_s3_directory_bucket | <bucket> | s3express bucket/<bucket>
        aws_s3_object | <path> | s3!! <bucket>/<path>
        aws_s3control_access_point_policy | <arn> | -
        aws_scheduler_schedule | <name>/<name> | scheduler schedule/<name>/<name>
        aws_scheduler_schedule_group | <name> | scheduler schedule-group/<name>
        aws_secretsmanager_secret | =arn | secretsmanager secret:<path>-<alnum6>
        aws_secretsmanager_secret_policy | <arn> | -
        aws_secretsmanager_secret_rotation | <any> | -
        aws_secretsmanager_secret_version | <any>\|terraform-<digits26> | <any>
        aws_security_group | sg-<hex17> | ec2 security-group/sg-<hex17>
        aws_security_group_rule | sgrule-<digits> | -
        aws_service_discovery_http_namespace | ns-<alnum16> | servicediscovery namespace/ns-<alnum16>
        aws_service_discovery_private_dns_namespace | ns-<alnum16> | servicediscovery namespace/ns-<alnum16>
        aws_service_discovery_service | srv-<alnum16> | servicediscovery service/srv-<alnum16>
        aws_sfn_activity | =arn | states activity:<name>
        aws_sfn_state_machine | =arn | states stateMachine:<name>
        aws_sns_topic | =arn | sns <name>
        aws_sns_topic_data_protection_policy | <arn> | <arn>
        aws_sns_topic_policy | <arn> | <arn>
        aws_sns_topic_subscription | =arn | sns <name>:<uuid>
        aws_sqs_queue | https://sqs\.<region>\.<host>/<account>/<name> | sqs <name>
        aws_sqs_queue_policy | https://sqs\.<region>\.<host>/<account>/<name> | -
        aws_sqs_queue_redrive_allow_policy | https://sqs\.<region>\.<host>/<account>/<name> | -
        aws_sqs_queue_redrive_policy | https://sqs\.<region>\.<host>/<account>/<name> | -
        aws_ssm_parameter | <path> | ssm parameter/<path>
        aws_subnet | subnet-<hex17> | ec2 subnet/subnet-<hex17>
        aws_volume_attachment | vai-<digits> | -
        aws_vpc | vpc-<hex17> | ec2 vpc/vpc-<hex17>
        aws_vpc_block_public_access_exclusion | vpcbpa-exclude-<hex17> | -
        aws_vpc_block_public_access_options | <region> | -
        aws_vpc_dhcp_options | dopt-<hex17> | ec2 dhcp-options/dopt-<hex17>
        aws_vpc_dhcp_options_association | dopt-<hex17>-vpc-<hex17> | -
        aws_vpc_endpoint | vpce-<hex17> | ec2 vpc-endpoint/vpce-<hex17>
        aws_vpc_endpoint_policy | vpce-<hex17> | -
        aws_vpc_endpoint_route_table_association | a-vpce-<hex17><digits> | -
        aws_vpc_endpoint_security_group_association | a-vpce-<hex17><digits> | -
        aws_vpc_endpoint_service | vpce-svc-<hex17> | ec2 vpc-endpoint-service/vpce-svc-<hex17>
        aws_vpc_endpoint_subnet_association | a-vpce-<hex17><digits> | -
        aws_vpc_ipv4_cidr_block_association | vpc-cidr-assoc-<hex17> | -
        aws_vpc_ipv6_cidr_block_association | vpc-cidr-assoc-<hex17> | -
        aws_vpc_peering_connection | pcx-<hex17> | -
        aws_vpc_security_group_egress_rule | sgr-<hex17> | ec2 security-group-rule/sgr-<hex17>
        aws_vpc_security_group_ingress_rule | sgr-<hex17> | ec2 security-group-rule/sgr-<hex17>
        aws_vpn_gateway | vgw-<hex17> | ec2 vpn-gateway/vgw-<hex17>
        aws_vpn_gateway_attachment | vpn-attachment-<hex> | -
        aws_vpn_gateway_route_propagation | vgw-<hex17>_rtb-<hex17> | -
        aws_wafv2_ip_set | <uuid> | wafv2 (regional\|global)/ipset/<name>/<uuid>
        aws_wafv2_regex_pattern_set | <uuid> | wafv2 (regional\|global)/regexpatternset/<name>/<uuid>
        aws_wafv2_rule_group | <uuid> | wafv2 (regional\|global)/rulegroup/<name>/<uuid>
        aws_wafv2_web_acl | <uuid> | wafv2 (regional\|global)/webacl/<name>/<uuid>
        aws_wafv2_web_acl_association | <arn>,<arn> | -
        aws_wafv2_web_acl_logging_configuration | <arn> | -
        """;

    private static readonly Dictionary<string, string> Classes = new()
    {
        ["account"] = "[0-9]{12}",
        ["alnum"] = "[A-Za-z0-9]+",
        ["any"] = ".+",
        ["arn"] = "arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}|aws)?:[^ #]+",
        ["bucket"] = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        ["digits"] = "[0-9]+",
        ["hex"] = "[0-9a-f]+",
        ["hex17"] = "0[0-9a-f]{16}",
        ["host"] = "[A-Za-z0-9.-]+(/[A-Za-z0-9]+)*",
        ["name"] = "[A-Za-z0-9_.=@+/-]+",
        ["partition"] = "aws(-[a-z]+)*",
        ["path"] = "[A-Za-z0-9_.=@+/#-]+",
        ["region"] = "[a-z]{2}(-[a-z]+)+-[0-9]",
        ["time"] = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z",
        ["upper"] = "[A-Z0-9]+",
        ["uuid"] = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    };

    /// <summary>The patterns of a resource type's <c>id</c> and <c>arn</c>; null where it has none.</summary>
    public static IReadOnlyDictionary<string, (Regex? Id, Regex? Arn)> ByType { get; } = Table.Split('\n').Select(Row).ToDictionary();

    private static KeyValuePair<string, (Regex? Id, Regex? Arn)> Row(string row)
    {
        string[] cells = row.Split(" | ");
        var arn = Arn(cells[2]);

        return KeyValuePair.Create(cells[0], (Pattern(cells[1] is "=arn" ? arn : cells[1]), Pattern(arn)));
    }

    private static string Arn(string cell) => cell.Split(' ') is [var service, var resource] ? Arn(service, resource) : cell.TrimStart('^');

    private static string Arn(string service, string resource) => service switch
    {
        _ when service.EndsWith("!!", StringComparison.Ordinal) => $"arn:<partition>:{service[..^2]}:::{resource}",
        _ when service.EndsWith('!') => $"arn:<partition>:{service[..^1]}::<account>:{resource}",
        _ => $"arn:<partition>:{service}:<region>:<account>:{resource}",
    };

    private static Regex? Pattern(string cell) => cell is "-" ? null : new Regex(
        $"^{Bracketed().Replace(cell.Replace("\\|", "|", StringComparison.Ordinal), Class)}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    // `hex16` and the like are 16 characters of their class.
    private static string Class(Match bracketed)
    {
        var name = bracketed.Groups["name"].Value;
        var size = bracketed.Groups["size"].Value;

        return Classes.TryGetValue($"{name}{size}", out var known) ? known : $"{Classes[name].TrimEnd('+')}{{{size}}}";
    }

    [GeneratedRegex("<(?<name>[a-z]+)(?<size>[0-9]*)>")]
    private static partial Regex Bracketed();
}
