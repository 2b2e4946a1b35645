using System.Diagnostics.CodeAnalysis;
using Causeway.Provider.Answers.Aws;
using Causeway.Provider.Answers.Files;
using Causeway.Provider.Answers.Generated;
using Causeway.Provider.Answers.Tls;
using Causeway.Provider.Values;

namespace Causeway.Provider.Answers;

/// <summary>
/// Data sources that are computed rather than looked up. What a function returns is an object of the attributes it knows; null says that the cloud has to be
/// searched after all (a private parameter, an account's own policy). Every one answers the same question alike, so that a second plan is empty.
/// </summary>
internal static class DataAnswers
{
    public static bool TryGet(string type, [NotNullWhen(true)] out Func<Value, Surroundings, Value?>? answer)
    {
        answer = type switch
        {
            "archive_file" => ArchiveAnswer.Make,
            "aws_ami" => ImageAnswers.One,
            "aws_ami_ids" => ImageAnswers.Ids,
            "aws_arn" => IdentityAnswers.ArnParts,
            "aws_availability_zone" => PlaceAnswers.Zone,
            "aws_availability_zones" => PlaceAnswers.Zones,
            "aws_billing_service_account" => IdentityAnswers.BillingAccount,
            "aws_caller_identity" => IdentityAnswers.CallerIdentity,
            "aws_canonical_user_id" => IdentityAnswers.CanonicalUserId,
            "aws_cloudfront_cache_policy" => DistributionPolicyAnswers.Cache,
            "aws_cloudfront_log_delivery_canonical_user_id" => IdentityAnswers.CloudFrontLogDelivery,
            "aws_cloudfront_origin_request_policy" => DistributionPolicyAnswers.Request,
            "aws_cloudfront_response_headers_policy" => DistributionPolicyAnswers.Response,
            "aws_default_tags" => IdentityAnswers.DefaultTags,
            "aws_ec2_instance_type" => InstanceTypeAnswers.One,
            "aws_ec2_instance_type_offering" => InstanceTypeAnswers.Offering,
            "aws_ec2_instance_type_offerings" => InstanceTypeAnswers.Offerings,
            "aws_ec2_managed_prefix_list" => PrefixListAnswers.Managed,
            "aws_ecr_authorization_token" => RegistryAnswers.Private,
            "aws_ecrpublic_authorization_token" => RegistryAnswers.Public,
            "aws_eks_addon_version" => ClusterAnswers.AddOnVersion,
            "aws_eks_cluster_versions" => ClusterAnswers.Versions,
            "aws_eks_cluster_auth" => ClusterAnswers.Token,
            "aws_elb_hosted_zone_id" => HostedZoneAnswers.Classic,
            "aws_elb_service_account" => IdentityAnswers.LoadBalancerAccount,
            "aws_iam_policy" => ManagedPolicyAnswer.Read,
            "aws_iam_policy_document" => PolicyDocumentAnswer.Read,
            "aws_iam_session_context" => IdentityAnswers.SessionContext,
            "aws_kms_alias" => KeyAliasAnswer.Read,
            "aws_lb_hosted_zone_id" => HostedZoneAnswers.ByType,
            "aws_partition" => PlaceAnswers.Partition,
            "aws_prefix_list" => PrefixListAnswers.Plain,
            "aws_rds_engine_version" => EngineVersionAnswer.Read,
            "aws_region" => PlaceAnswers.Region,
            "aws_regions" => PlaceAnswers.Regions,
            "aws_service" => ServiceAnswers.Service,
            "aws_service_principal" => ServiceAnswers.Principal,
            "aws_ssm_parameter" => PublicParameterAnswer.Read,
            "aws_vpc_endpoint_service" => ServiceAnswers.EndpointService,
            "cloudinit_config" => CloudInitAnswer.Render,
            "external" => Refusals.External,
            "http" => Refusals.Http,
            "local_command" => Refusals.Command,
            "local_file" => LocalFileAnswers.Read,
            "local_sensitive_file" => LocalFileAnswers.Read,
            "null_data_source" => NullAnswers.Data,
            "tls_certificate" => ServerCertificateAnswer.Read,
            "tls_public_key" => KeyAnswers.Public,
            _ => null,
        };

        return answer is not null;
    }
}
