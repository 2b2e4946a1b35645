namespace Causeway.Harness.Policies.Aws.Iam;

internal static class Roles
{
    /// <summary>Whether a resource of a statement stands for every role of an account.</summary>
    public static bool IsAny(string resource) => resource is "*" || resource.EndsWith(":role/*", StringComparison.Ordinal);
}
