namespace Causeway.Harness.Policies.Aws.ElasticLoadBalancing;

/// <summary>What policies of load balancers have in common.</summary>
internal static class LoadBalancers
{
    /// <summary>Whether it is of the type <c>application</c>, which is what AWS makes where nothing is said; null where that is not known.</summary>
    public static bool? IsApplication(Subject balancer) => balancer.Value("load_balancer_type") switch
    {
        { IsKnown: false } => balancer.HasExpression("load_balancer_type") ? null : true,
        var type => (string?)type.Value is null or "application",
    };
}
