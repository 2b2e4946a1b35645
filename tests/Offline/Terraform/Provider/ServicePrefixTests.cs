using Causeway.Provider.Planning;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>The service in an ARN, by the name of the resource type.</summary>
public sealed class ServicePrefixTests
{
    [Theory]
    [InlineData("aws_glue_job", "glue")]
    [InlineData("aws_cloudwatch_event_rule", "events")]
    [InlineData("aws_cloudwatch_metric_alarm", "cloudwatch")]
    [InlineData("aws_cognito_identity_pool", "cognito-identity")]
    [InlineData("aws_cognito_user_pool", "cognito-idp")]
    [InlineData("aws_lb", "elasticloadbalancing")]
    [InlineData("aws_lb_listener", "elasticloadbalancing")]
    [InlineData("aws_kinesis_firehose_delivery_stream", "firehose")]
    [InlineData("aws_instance", "ec2")]
    [InlineData("aws_vpclattice_service", "vpc-lattice")]
    [InlineData("aws_cloudtrail", "cloudtrail")]
    [InlineData("aws_route", "ec2")]
    [InlineData("aws_route53_record", "route53")]
    public void A_service_is_known_by_the_types_name(string type, string service) => Assert.Equal(service, ServicePrefix.Of(type));
}
