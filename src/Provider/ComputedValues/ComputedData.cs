using System.Diagnostics.CodeAnalysis;
using Causeway.Provider.ComputedValues.Aws;
using Causeway.Provider.ComputedValues.Files;
using Causeway.Provider.ComputedValues.Generated;
using Causeway.Provider.ComputedValues.Tls;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues;

/// <summary>
/// Data sources that are computed rather than looked up. What a function returns is an object of the attributes it knows; null says that the cloud has to be
/// searched after all (a private parameter, an account's own policy). Every one answers the same question alike, so that a second plan is empty.
/// </summary>
internal static class ComputedData
{
    public static bool TryGet(string type, [NotNullWhen(true)] out Func<Value, ProviderContext, Value?>? answer)
    {
        answer = type switch
        {
            "archive_file" => ArchiveValues.Make,
            "aws_ami" => ImageValues.One,
            "aws_ami_ids" => ImageValues.Ids,
            "aws_arn" => IdentityValues.ArnParts,
            "aws_availability_zone" => RegionValues.Zone,
            "aws_availability_zones" => RegionValues.Zones,
            "aws_billing_service_account" => IdentityValues.BillingAccount,
            "aws_caller_identity" => IdentityValues.CallerIdentity,
            "aws_canonical_user_id" => IdentityValues.CanonicalUserId,
            "aws_cloudfront_cache_policy" => DistributionPolicyValues.Cache,
            "aws_cloudfront_log_delivery_canonical_user_id" => IdentityValues.CloudFrontLogDelivery,
            "aws_cloudfront_origin_request_policy" => DistributionPolicyValues.Request,
            "aws_cloudfront_response_headers_policy" => DistributionPolicyValues.Response,
            "aws_default_tags" => IdentityValues.DefaultTags,
            "aws_ec2_instance_type" => InstanceTypeValues.One,
            "aws_ec2_instance_type_offering" => InstanceTypeValues.Offering,
            "aws_ec2_instance_type_offerings" => InstanceTypeValues.Offerings,
            "aws_ec2_managed_prefix_list" => PrefixListValues.Managed,
            "aws_ecr_authorization_token" => RegistryValues.Private,
            "aws_ecrpublic_authorization_token" => RegistryValues.Public,
            "aws_eks_addon_version" => ClusterValues.AddOnVersion,
            "aws_eks_cluster_versions" => ClusterValues.Versions,
            "aws_eks_cluster_auth" => ClusterValues.Token,
            "aws_elb_hosted_zone_id" => HostedZoneValues.Classic,
            "aws_elb_service_account" => IdentityValues.LoadBalancerAccount,
            "aws_iam_policy" => ManagedPolicyValues.Read,
            "aws_iam_policy_document" => PolicyDocumentValues.Read,
            "aws_iam_session_context" => IdentityValues.SessionContext,
            "aws_kms_alias" => KeyAliasValues.Read,
            "aws_lb_hosted_zone_id" => HostedZoneValues.ByType,
            "aws_partition" => RegionValues.Partition,
            "aws_prefix_list" => PrefixListValues.Plain,
            "aws_rds_engine_version" => EngineVersionValues.Read,
            "aws_region" => RegionValues.Region,
            "aws_regions" => RegionValues.Regions,
            "aws_service" => ServiceValues.Service,
            "aws_service_principal" => ServiceValues.Principal,
            "aws_ssm_parameter" => PublicParameterValues.Read,
            "aws_vpc_endpoint_service" => ServiceValues.EndpointService,
            "cloudinit_config" => CloudInitValues.Render,
            "external" => Refusals.External,
            "http" => Refusals.Http,
            "local_command" => Refusals.Command,
            "local_file" => LocalFileValues.Read,
            "local_sensitive_file" => LocalFileValues.Read,
            "null_data_source" => NullValues.Data,
            "tls_certificate" => ServerCertificateValues.Read,
            "tls_public_key" => KeyPairValues.Public,
            _ => null,
        };

        return answer is not null;
    }
}
