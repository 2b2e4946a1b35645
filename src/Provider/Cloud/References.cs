using Causeway.Provider.ComputedValues;
using Causeway.Provider.ComputedValues.Aws;
using Causeway.Provider.Planning;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// Whether what a resource's arguments name exists: ids and ARNs of the shapes the simulated cloud itself gives out, and names that the traits say must exist.
/// </summary>
/// <param name="idKinds">What ids that the cloud gives out begin with.</param>
internal sealed class References(IReadOnlyCollection<CloudResource> resources, IReadOnlySet<string> idKinds, ProviderContext context)
{
    // Images, snapshots and prefix lists are mostly given out by AWS itself or by others.
    private static readonly string[] Foreign = ["ami-", "snap-", "pl-"];

    private readonly Lazy<HashSet<string>> issued = new(() => [.. resources.SelectMany(resource => resource.Issued)]);

    // What an account has in any region before anything is made.
    private readonly Lazy<HashSet<string>> given = new(() =>
        [
            .. Region.In(context.Partition)
                .SelectMany(region => AccountDefaults.Of(context.Account, region.Name, context.Partition))
                .SelectMany(resource => resource.Issued)
        ]);

    /// <exception cref="RefusalException">An argument names something that does not exist; the path says which.</exception>
    public void Check(Value arguments, TypeTraits traits)
    {
        Walk(arguments, []);

        foreach (var (path, type) in traits.Exists)
        {
            foreach (var name in Texts(arguments, path.Split('.')).Where(name => !IsOfOthers(name)))
            {
                var known = resources.Concat(AccountDefaults.Of(context.Account, context.Region, context.Partition));

                if (!known.Any(resource => resource.Type == type && IsNamed(resource, name)))
                {
                    throw Missing(name, [.. path.Split('.').Take(1)], $"No {type}");
                }
            }
        }
    }

    // What another account has is not known here.
    private bool IsOfOthers(string name) => Identity.IsArn(name) && name.Split(':', 6)[4] is { Length: > 0 } account && account != context.Account;

    private void Walk(Value value, IReadOnlyList<object> path)
    {
        switch (value)
        {
            case Value.Text { Content: var text } when Identity.IsId(text) && text[..^17] is var kind && idKinds.Contains(kind) && !Foreign.Contains(kind):
                Require(text, path);
                break;
            case Value.Text { Content: var text } when Identity.IsArn(text) && IsOurs(text):
                Require(text, path);
                break;
            case Value.Sequence sequence:
                foreach (var (position, item) in sequence.Contents.Index())
                {
                    Walk(item, [.. path, (long)position]);
                }

                break;
            case Value.Mapping mapping:
                foreach (var (name, member) in mapping.Members.Where(member => path is not [] || member.Key is not ("tags" or "tags_all")))
                {
                    Walk(member, [.. path, name]);
                }

                break;
        }
    }

    private void Require(string identity, IReadOnlyList<object> path)
    {
        // A part of what an ARN names is written behind it: table/products/index/x, log-group:x:*.
        bool IsPartOf(string known) =>
            identity.Length > known.Length && identity[known.Length] is '/' or ':' && identity.StartsWith(known, StringComparison.Ordinal);

        if (!issued.Value.Contains(identity) && !issued.Value.Any(IsPartOf) && !given.Value.Contains(identity))
        {
            throw Missing(identity, path, "Nothing");
        }
    }

    // An ARN of this account and of a kind that something here has: the others may name what AWS itself made, or what is not simulated.
    private bool IsOurs(string arn) =>
        arn.Split(':', 6) is [_, var partition, var service, _, var account, var resource] && partition == context.Partition && account == context.Account
        && !resource.Contains('*') && resource is not "root" && !resource.StartsWith("role/aws-service-role/", StringComparison.Ordinal)
        && (service, resource) is not ("logs" or "sts", _)
        && resources.Any(known => known.Arn?.Split(':', 6) is [_, _, var knownService, _, _, var knownResource]
            && knownService == service
            && Kind(knownResource) == Kind(resource));

    private static string Kind(string resource) => resource.IndexOfAny(['/', ':']) is var end and >= 0 ? resource[..end] : "";

    /// <summary>Whether a text is a resource's id, ARN or name.</summary>
    public static bool IsNamed(CloudResource resource, string name) =>
        resource.Id == name || resource.Arn == name || resource.Values["name"].AsText == name || resource.Issued.Contains(name);

    /// <summary>Every text at a path, through blocks and lists.</summary>
    public static IEnumerable<string> Texts(Value value, ReadOnlySpan<string> path) => value switch
    {
        Value.Sequence sequence => Many(sequence, path.ToArray()),
        _ when path.IsEmpty => value.AsText is { Length: > 0 } text ? [text] : [],
        _ => Texts(value[path[0]], path[1..]),
    };

    private static IEnumerable<string> Many(Value.Sequence sequence, string[] path) => sequence.Contents.SelectMany(item => Texts(item, path));

    private RefusalException Missing(string name, IReadOnlyList<object> path, string what) => new(
        $"{path.LastOrDefault(step => step is string)} names {name}, which does not exist",
        $"{what} in the simulated account {context.Account} ({context.Region}) goes by that name, id or ARN. Refer to the resource itself, so that it is " +
        "made first; what lies outside this configuration must be applied to the same simulated cloud before.",
        path);
}
