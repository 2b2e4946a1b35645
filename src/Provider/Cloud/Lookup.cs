using System.Text.RegularExpressions;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Planning;
using Causeway.Provider.Schemas;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// Data sources that look for what was applied: resources of the same type whose attributes equal the arguments. <c>filter</c> and <c>tags</c> mean
/// what they mean in EC2; a plural (<c>aws_subnets</c>) lists all that fit.
/// </summary>
internal static class Lookup
{
    /// <param name="asksFor">Arguments that ask for an attribute of another name.</param>
    /// <exception cref="RefusalException">Nothing fits, or more than one does.</exception>
    public static Value Find(
        string type,
        Block block,
        Value config,
        IReadOnlyCollection<CloudResource> resources,
        ProviderContext context,
        IReadOnlyDictionary<string, string>? asksFor = null)
    {
        var region = config["region"].AsText ?? context.Region;
        var lists = Lists(type, block);
        var plural = lists.Count > 0;
        var singular = plural ? type[..^1] : type is "aws_alb" ? "aws_lb" : type;
        var fitting = Fitting(resources.Where(resource => resource.Account == context.Account));

        if (fitting is [] && !plural && ByProducts.Find(type, config, resources) is { } found)
        {
            return found;
        }

        if (fitting is [] && type.StartsWith("aws_", StringComparison.Ordinal))
        {
            fitting = Fitting(AccountDefaults.Of(context.Account, region, context.Partition));
        }

        if (plural)
        {
            fitting = [.. fitting.OrderBy(resource => resource.Id, StringComparer.Ordinal)];

            var members = lists.Select(list => KeyValuePair.Create(list.Key, Value.List(fitting.Select(list.Value))));

            return Value.Object(members.Append(KeyValuePair.Create("id", Value.Of(region))));
        }

        if (fitting is [])
        {
            var given = ((Value.Mapping)config).Members
                .Where(member => !member.Value.IsNull && member.Value is not Value.Sequence { Contents.Count: 0 });
            var asked = string.Join(", ", given.Select(member => $"{member.Key} = {member.Value}"));

            throw new RefusalException(
                $"no matching {type[(type.IndexOf('_') + 1)..].Replace('_', ' ')} found",
                $"No {type} with {(asked is "" ? "any values" : asked)} exists in the simulated account {context.Account} ({region}). " +
                "If another stack makes it, apply that to the same simulated cloud first. If it exists outside of what is run here, declare it for the " +
                $"run (--given <file>):\n{GivenResource.Lines(singular, config, region)}");
        }

        if (fitting.Count > 1 && config["most_recent"].AsBool is not true)
        {
            throw new RefusalException(
                $"multiple matching {type[(type.IndexOf('_') + 1)..].Replace('_', ' ')} found",
                $"{fitting.Count} fit: {string.Join(", ", fitting.Select(resource => resource.Id).Order(StringComparer.Ordinal).Take(5))}. " +
                "Use additional constraints to reduce matches to one.");
        }

        return fitting[^1].Values;

        List<CloudResource> Fitting(IEnumerable<CloudResource> among) =>
            [
                .. among.Where(resource => resource.Type == singular
                    && (resource.Region is "" || resource.Region == region)
                    && Fits(resource, block, config, asksFor))
            ];
    }

    /// <summary>The resource that was given for the run and that a data source asks for; null where none or more than one is.</summary>
    public static CloudResource? Given(string type, Block block, Value config, IReadOnlyCollection<CloudResource> resources, ProviderContext context)
    {
        var region = config["region"].AsText ?? context.Region;

        return resources.Where(
            resource => resource.IsGiven && resource.Type == type && (resource.Region is "" || resource.Region == region) && Fits(resource, block, config))
            .ToArray() is [var only]
            ? only
            : null;
    }

    /// <summary>Whether an argument says how to look, and nothing about what is found.</summary>
    public static bool Steers(string argument) =>
        argument is "most_recent" or "timeouts" or "with_decryption" or "include_shared" or "statuses" or "types" or "key_types" or "include_deprecated";

    private static bool Fits(CloudResource resource, Block block, Value config, IReadOnlyDictionary<string, string>? asksFor = null) =>
        ((Value.Mapping)config).Members.All(argument => argument.Value switch
        {
            Value.NullValue or Value.Sequence { Contents.Count: 0 } => true,
            _ when argument.Key is "region" || Steers(argument.Key) => true,
            _ when argument.Key is "filter" => argument.Value.Items.All(filter => FitsFilter(resource, filter)),
            _ when argument.Key is "tags" => ((Value.Mapping)argument.Value).Members.All(tag => Tag(resource, tag.Key) == tag.Value),
            Value.Text pattern when argument.Key is "name_regex" =>
                Regex.IsMatch(resource.Values["name"].AsText ?? "", pattern.Content, RegexOptions.None, TimeSpan.FromMinutes(1)),
            Value.Text name when IsReference(argument.Key) =>
                resource.Values[argument.Key] == name || resource.Id == name.Content || resource.Arn == name.Content || resource.Values["name"] == name
                // Names of zones may have the dot of the root behind them.
                || (argument.Key is "name" && resource.Values["name"].AsText?.TrimEnd('.') == name.Content.TrimEnd('.')),
            _ when block.Blocks.ContainsKey(argument.Key) => true,
            _ => resource.Values[asksFor?.GetValueOrDefault(argument.Key) ?? argument.Key] == argument.Value,
        });

    // Arguments by which real data sources take an id, a name or an ARN alike.
    private static bool IsReference(string argument) =>
        argument is "id" or "arn" or "name" or "key_id" or "bucket" or "cluster_name" or "function_name" or "secret_id" or "role_name";

    private static bool FitsFilter(CloudResource resource, Value filter)
    {
        var name = filter["name"].AsText ?? "";
        string[] wanted = [.. filter["values"].Items.Concat(filter["value"] is Value.Text one ? [one] : []).Select(value => value.AsText ?? "")];

        if (name is "tag-key")
        {
            return new[] { "tags_all", "tags" }
                .Select(tags => resource.Values[tags])
                .OfType<Value.Mapping>()
                .SelectMany(tags => tags.Members.Keys)
                .Any(tag => wanted.Any(pattern => Matches(pattern, tag)));
        }

        var key = name.Replace('-', '_');
        var actual = name.StartsWith("tag:", StringComparison.Ordinal) ? Tag(resource, name[4..])
            : resource.Values[key] is { IsNull: false } value ? value
            : key == $"{resource.Type[(resource.Type.IndexOf('_') + 1)..]}_id" ? resource.Values["id"]
            : key is "group_name" ? resource.Values["name"]
            // What belongs to a part of the resource, such as `attachment.vpc-id`.
            : resource.Values[key[(key.LastIndexOf('.') + 1)..]];
        var text = actual switch
        {
            Value.Text content => content.Content,
            Value.Bool flag => flag.Content ? "true" : "false",
            Value.Number number => number.Digits,
            _ => null,
        };

        return text is not null && wanted.Any(pattern => Matches(pattern, text));
    }

    // What is made has all its tags in `tags_all`; what is given for a run has those that its file names.
    private static Value Tag(CloudResource resource, string key) =>
        resource.Values["tags_all"][key] is { IsNull: false } tag ? tag : resource.Values["tags"][key];

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(
            text,
            $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$",
            RegexOptions.Singleline,
            TimeSpan.FromMinutes(1));

    // What a plural lists of each resource, by attribute: `ids`, `arns`, `names`, also with what they are of before them, as in `cluster_arns` of
    // aws_ecs_clusters. None for a singular.
    private static Dictionary<string, Func<CloudResource, string>> Lists(string type, Block block) => !type.EndsWith('s') ? [] : block.Attributes
        .Where(attribute => attribute.Value is { ReadOnly: true, Type: { Kind: "list" or "set", Element.Kind: "string" } })
        .Select(attribute => (attribute.Key, Words: attribute.Key.Split('_')))
        .Where(attribute => attribute.Words is [_] || type.EndsWith($"_{string.Join('_', attribute.Words[..^1])}s", StringComparison.Ordinal))
        .Select(attribute => (attribute.Key, Listed: Listed(attribute.Words[^1])))
        .Where(attribute => attribute.Listed is not null).ToDictionary(attribute => attribute.Key, attribute => attribute.Listed!);

    private static Func<CloudResource, string>? Listed(string what) => what switch
    {
        "ids" or "identifiers" => resource => resource.Id ?? "",
        "arns" => resource => resource.Arn ?? "",
        "names" => resource => resource.Values["name"].AsText ?? resource.Id ?? "",
        _ => null,
    };
}
