using System.Text.RegularExpressions;
using Causeway.Provider.Answers;
using Causeway.Provider.Planning;
using Causeway.Provider.Schemas;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// Data sources that look for what was applied: resources of the same type whose attributes equal the arguments. <c>filter</c> and <c>tags</c> mean what they mean
/// in EC2; a plural (<c>aws_subnets</c>) lists all that fit.
/// </summary>
internal static class Lookup
{
    /// <exception cref="RefusalException">Nothing fits, or more than one does.</exception>
    public static Value Find(string type, Block block, Value config, IReadOnlyCollection<CloudResource> resources, Surroundings where)
    {
        var region = config["region"].AsText ?? where.Region;
        var singular = Singular(type, resources);
        var fitting = Fitting(resources);
        var plural = singular != type;

        if (fitting is [] && !plural && ByProducts.Find(type, config, resources) is { } found)
        {
            return found;
        }

        if (fitting is [] && type.StartsWith("aws_", StringComparison.Ordinal))
        {
            fitting = Fitting(DefaultNetwork.Of(where.Account, region, where.Partition));
        }

        if (plural)
        {
            fitting = [.. fitting.OrderBy(resource => resource.Id, StringComparer.Ordinal)];

            return Value.Object(
                ("ids", Value.List(fitting.Select(resource => resource.Id ?? ""))),
                ("arns", Value.List(fitting.Select(resource => resource.Arn ?? ""))),
                ("names", Value.List(fitting.Select(resource => resource.Values["name"].AsText ?? ""))),
                ("id", Value.Of(region)));
        }

        if (fitting is [])
        {
            var asked = string.Join(", ", ((Value.Mapping)config).Members.Where(member => !member.Value.IsNull && member.Value is not Value.Sequence { Contents.Count: 0 }).Select(member => $"{member.Key} = {member.Value}"));

            throw new RefusalException(
                $"no matching {type[(type.IndexOf('_') + 1)..].Replace('_', ' ')} found",
                $"No {type} with {(asked is "" ? "any values" : asked)} exists in the simulated account {where.Account} ({region}). The stack that makes it must be applied to the same simulated cloud first.");
        }

        if (fitting.Count > 1 && config["most_recent"].AsBool is not true)
        {
            throw new RefusalException(
                $"multiple matching {type[(type.IndexOf('_') + 1)..].Replace('_', ' ')} found",
                $"{fitting.Count} fit: {string.Join(", ", fitting.Select(resource => resource.Id).Order(StringComparer.Ordinal).Take(5))}. Use additional constraints to reduce matches to one.");
        }

        return fitting[^1].Values;

        List<CloudResource> Fitting(IEnumerable<CloudResource> among) =>
            [.. among.Where(resource => resource.Type == singular && (resource.Region is "" || resource.Region == region) && Fits(resource, block, config))];
    }

    private static bool Fits(CloudResource resource, Block block, Value config) =>
        ((Value.Mapping)config).Members.All(argument => argument.Value switch
        {
            Value.NullValue or Value.Sequence { Contents.Count: 0 } => true,
            _ when argument.Key is "region" or "most_recent" or "timeouts" or "with_decryption" or "include_shared" => true,
            _ when argument.Key is "filter" => argument.Value.Items.All(filter => FitsFilter(resource, filter)),
            _ when argument.Key is "tags" => ((Value.Mapping)argument.Value).Members.All(tag => resource.Values["tags_all"][tag.Key] == tag.Value || resource.Values["tags"][tag.Key] == tag.Value),
            Value.Text pattern when argument.Key is "name_regex" => Regex.IsMatch(resource.Values["name"].AsText ?? "", pattern.Content, RegexOptions.None, TimeSpan.FromSeconds(1)),
            Value.Text name when IsReference(argument.Key) => resource.Values[argument.Key] == name || resource.Id == name.Content || resource.Arn == name.Content || resource.Values["name"] == name
                // Names of zones may have the dot of the root behind them.
                || (argument.Key is "name" && resource.Values["name"].AsText?.TrimEnd('.') == name.Content.TrimEnd('.')),
            _ when block.Blocks.ContainsKey(argument.Key) => true,
            _ => resource.Values[argument.Key] == argument.Value,
        });

    // Arguments by which real data sources take an id, a name or an ARN alike.
    private static bool IsReference(string argument) => argument is "id" or "arn" or "name" or "key_id" or "bucket" or "cluster_name" or "function_name" or "secret_id" or "role_name";

    private static bool FitsFilter(CloudResource resource, Value filter)
    {
        var name = filter["name"].AsText ?? "";
        string[] wanted = [.. filter["values"].Items.Concat(filter["value"] is Value.Text one ? [one] : []).Select(value => value.AsText ?? "")];
        var key = name.Replace('-', '_');
        var actual = name.StartsWith("tag:", StringComparison.Ordinal) ? resource.Values["tags_all"][name[4..]]
            : name is "tag-key" ? Value.Null
            : resource.Values[key] is { IsNull: false } value ? value
            : key == $"{resource.Type[(resource.Type.IndexOf('_') + 1)..]}_id" ? resource.Values["id"]
            : key is "group_name" ? resource.Values["name"]
            // What belongs to a part of the resource, such as `attachment.vpc-id`.
            : resource.Values[key[(key.LastIndexOf('.') + 1)..]];

        if (name is "tag-key")
        {
            return resource.Values["tags_all"] is Value.Mapping tags && tags.Members.Keys.Any(tag => wanted.Any(pattern => Matches(pattern, tag)));
        }

        var text = actual switch { Value.Text content => content.Content, Value.Bool flag => flag.Content ? "true" : "false", Value.Number number => number.Digits, _ => null };

        return text is not null && wanted.Any(pattern => Matches(pattern, text));
    }

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    // The plural of a type that has resources, or of none: then the type itself is what is looked for.
    private static string Singular(string type, IReadOnlyCollection<CloudResource> resources) =>
        type switch
        {
            "aws_vpcs" or "aws_subnets" or "aws_security_groups" or "aws_route_tables" or "aws_network_acls" or "aws_instances" or "aws_nat_gateways" or "aws_eips" or "aws_lbs" or "aws_ebs_volumes" => type[..^1],
            "aws_eks_clusters" or "aws_ecs_clusters" or "aws_iam_roles" or "aws_iam_users" or "aws_secretsmanager_secrets" or "aws_sqs_queues" or "aws_dynamodb_tables" or "aws_db_instances" => type[..^1],
            "aws_alb" => "aws_lb",
            _ => resources.Any(resource => resource.Type == type) || !type.EndsWith('s') ? type : type,
        };
}
