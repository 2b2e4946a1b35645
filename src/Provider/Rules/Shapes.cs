using System.Text.Json;
using System.Text.RegularExpressions;
using Causeway.Provider.Catalogue;
using Causeway.Provider.Planning;
using Causeway.Provider.Schemas;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Rules;

/// <summary>
/// What kind of text an argument takes: the id of one kind of resource (<c>id:vpc-</c>), an ARN of one kind (<c>arn:iam:role</c>), a name
/// (<c>name</c>), or a value of the catalogue (<c>catalogue:…</c>); alternatives stand between bars. Most arguments tell it by their name
/// (<c>shapes.json</c>), others by the trait <c>takes</c>.
/// </summary>
internal static partial class Shapes
{
    private static readonly Lazy<(Dictionary<string, string> Arguments, Dictionary<string, string> Owners)> Table = new(Read);

    /// <summary>Every argument of a resource that takes another kind of text than it has.</summary>
    public static IEnumerable<Fault> Of(string type, Block block, Value config, TypeTraits traits) =>
        type.StartsWith("aws_", StringComparison.Ordinal) ? Walk(block, config, new(config, traits), [], "") : [];

    /// <summary>What an argument takes by its name alone; null where its name does not tell.</summary>
    public static string? OfName(string argument) =>
        Table.Value.Arguments.GetValueOrDefault(argument) ?? (argument.EndsWith("role_arn", StringComparison.Ordinal) ? "arn:iam:role" : null);

    private static IEnumerable<Fault> Walk(Block block, Value value, Resource resource, IReadOnlyList<object> path, string place)
    {
        if (value is not Value.Mapping)
        {
            return [];
        }

        var own = block.Attributes.Where(attribute => !attribute.Value.ReadOnly).SelectMany(attribute =>
        {
            var (name, at) = (place is "" ? attribute.Key : $"{place}.{attribute.Key}", (IReadOnlyList<object>)[.. path, attribute.Key]);

            return attribute.Value.Nested is { } nested ? Elements(nested.Block, value[attribute.Key], resource, at, name)
                : (resource.Traits.Takes.GetValueOrDefault(name) ?? OfName(attribute.Key)) is { } shape ? Texts(value[attribute.Key], at)
                .SelectMany(text => Wrong(shape, text.Content, text.Path, attribute.Key, resource.Config))
                : [];
        });

        return own.Concat(block.Blocks.SelectMany(nested => Elements(
            nested.Value.Block, value[nested.Key], resource, [.. path, nested.Key], place is "" ? nested.Key : $"{place}.{nested.Key}")));
    }

    private static IEnumerable<Fault> Elements(Block block, Value value, Resource resource, IReadOnlyList<object> path, string place) =>
        value is Value.Sequence sequence
        ? sequence.Contents.SelectMany((item, position) => Walk(block, item, resource, [.. path, (long)position], place))
        : Walk(block, value, resource, path, place);

    private static IEnumerable<(string Content, IReadOnlyList<object> Path)> Texts(Value value, IReadOnlyList<object> path) => value switch
    {
        Value.Text { Content.Length: > 0 } text => [(text.Content, path)],
        Value.Sequence sequence => sequence.Contents.SelectMany((item, position) => Texts(item, [.. path, (long)position])),
        _ => [],
    };

    private static IEnumerable<Fault> Wrong(string shape, string text, IReadOnlyList<object> path, string argument, Value config)
    {
        // Terraform's mock providers make up eight letters and digits for whatever is computed.
        if (Mocked().IsMatch(text))
        {
            return [];
        }

        if (shape.StartsWith("catalogue:", StringComparison.Ordinal))
        {
            return Offers.Wrong(shape["catalogue:".Length..], text, config) is { } wrong ? [new Fault(path, wrong.Summary, wrong.Detail, wrong.IsWarning)] : [];
        }

        string[] alternatives = shape.Split('|');

        return alternatives.Any(alternative => Fits(alternative, text))
            ? []
            : [
                new Fault(
                    path,
                    $"Invalid value for {argument}",
                    $"\"{text}\" is {Described(text)}; \"{argument}\" takes {string.Join(" or ", alternatives.Select(Wanted))}.")
            ];
    }

    private static bool Fits(string shape, string text) => shape.Split(':', 3) switch
    {
        ["id", var kind] =>
            text.StartsWith(kind, StringComparison.Ordinal) || (text.IndexOf('/') is 12 && text[13..].StartsWith(kind, StringComparison.Ordinal)),
        ["arn", var service, var kind] => text.Split(':', 6) is ["arn", _, var actual, _, _, var resource] && actual == service
            && (resource == kind || (resource.StartsWith(kind, StringComparison.Ordinal) && resource[kind.Length] is '/' or ':')),
        _ => !text.StartsWith("arn:", StringComparison.Ordinal),
    };

    private static string Described(string text) => text.Split(':', 6) switch
    {
        ["arn", _, var service, _, _, var resource] =>
            $"the ARN of {(resource.IndexOfAny(['/', ':']) is var end and > 0 ? $"a {resource[..end]} of {service}" : $"a resource of {service}")}",
        _ when Table.Value.Owners.FirstOrDefault(owner => text.StartsWith(owner.Key, StringComparison.Ordinal) && Id().IsMatch(text)) is { Value: { } owner } =>
            $"the id of a {owner}",
        _ => "neither an ARN nor an id that AWS gives out",
    };

    private static string Wanted(string shape) => shape.Split(':', 3) switch
    {
        ["id", var kind] =>
            Table.Value.Owners.TryGetValue(kind, out var owner) ? $"the id of a {owner}, which begins with {kind}" : $"an id that begins with {kind}",
        ["arn", var service, var kind] => $"the ARN of a {kind} of {service}",
        _ => "a name, not an ARN",
    };

    private static (Dictionary<string, string> Arguments, Dictionary<string, string> Owners) Read()
    {
        using var stream = typeof(Shapes).Assembly.GetManifestResourceStream("Rules/shapes")!;
        using var json = JsonDocument.Parse(stream);

        return (Texts(json.RootElement.GetProperty("arguments")), Texts(json.RootElement.GetProperty("owners")));

        static Dictionary<string, string> Texts(JsonElement members) =>
            members.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!);
    }

    [GeneratedRegex("^[a-z0-9]{8}$")]
    private static partial Regex Mocked();

    [GeneratedRegex("^[a-z-]+-[0-9a-f]{8,17}$")]
    private static partial Regex Id();

    private sealed record Resource(Value Config, TypeTraits Traits);
}
