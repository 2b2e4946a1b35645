using System.Text.Json;
using System.Text.RegularExpressions;
using Causeway.Provider.Values;

namespace Causeway.Provider.Catalogue;

/// <summary>
/// What AWS offered on the days that <c>offers.json</c> names, with where each part is from: instance classes, engine versions, managed policies. A value that
/// is not there may have come since, and is a warning; one that
/// no such thing can be called is an error.
/// </summary>
internal static partial class Offers
{
    private static readonly Lazy<Contents> Table = new(Read);

    /// <summary>The parts of the table by name, each with where it is from.</summary>
    public static IReadOnlyDictionary<string, OfferSource> Sources => Table.Value.Sources;

    /// <param name="what">A part of the table: <c>ec2</c>, <c>rds</c>, <c>elasticache</c>, <c>engine</c>, <c>policy</c>.</param>
    /// <param name="config">The resource's arguments: which versions there are depends on its engine.</param>
    /// <returns>Null where nothing is wrong.</returns>
    public static (string Summary, string Detail, bool IsWarning)? Wrong(string what, string text, Value config) => what switch
    {
        "ec2" => Class(text, "", "EC2 instance type", "ec2", Table.Value.Ec2, "m7g.large"),
        "rds" => text is "db.serverless" ? null : Class(text, "db.", "RDS instance class", "rds", Table.Value.Rds, "db.t4g.medium"),
        "elasticache" => Class(text, "cache.", "ElastiCache node type", "elasticache", Table.Value.ElastiCache, "cache.t4g.small"),
        "policy" => Policy(text),
        _ => config["engine"].AsText is { } engine ? Version(engine, text) : null,
    };

    private static (string, string, bool)? Class(string text, string prefix, string kind, string part, Dictionary<string, string[]> families, string example)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal) || ClassName().Match(text[prefix.Length..]) is not { Success: true } match)
        {
            return (
                $"There is no {kind} {text}",
                $"\"{text}\" cannot be {(prefix is "db." ? "an" : "a")} {kind}: they are named {prefix}<family>.<size>, such as {example}.",
                false);
        }

        var (family, size) = (match.Groups["family"].Value, match.Groups["size"].Value);

        return families.TryGetValue(family, out var sizes)
            ? sizes.Contains(size) ? null : Unknown(part, kind, text, $"Family {family} had the sizes {string.Join(", ", sizes)}.")
            : Unknown(
                part,
                kind,
                text,
                Near(family, families.Keys) is { } near ? $"There was no family {family}; {near} is the nearest." : $"There was no family {family}.");
    }

    private static (string, string, bool)? Version(string engine, string version)
    {
        if (!Table.Value.Engines.TryGetValue(engine, out var known))
        {
            return null;
        }

        if (!VersionNumber().IsMatch(version))
        {
            return (
                $"There is no version {version} of {engine}",
                $"\"{version}\" cannot be a version of {engine}: known ones are {string.Join(", ", known)}.",
                false);
        }

        bool Covers(string wide, string narrow) => narrow == wide || narrow.StartsWith($"{wide}.", StringComparison.Ordinal);

        return known.Any(release => Covers(release, version) || Covers(version, release))
            ? null
            : Unknown("engines", $"version of {engine}", version, $"Releases were {string.Join(", ", known)}.");
    }

    // The same name under another path, or in other letters, is a mistake whatever AWS has added since: names are unique.
    private static (string, string, bool)? Policy(string arn)
    {
        if (arn.Split(':', 6) is not ["arn", _, "iam", "", var account, var resource] || !resource.StartsWith("policy/", StringComparison.Ordinal))
        {
            return ($"{arn} is not the ARN of a policy", "It takes one like arn:aws:iam::aws:policy/ReadOnlyAccess, or the arn of an aws_iam_policy.", false);
        }

        if (account is not "aws" || Table.Value.Policies.Contains(resource["policy/".Length..]))
        {
            return null;
        }

        var name = resource[(resource.LastIndexOf('/') + 1)..];
        var same = Table.Value.Policies.FirstOrDefault(known => string.Equals(known[(known.LastIndexOf('/') + 1)..], name, StringComparison.OrdinalIgnoreCase));
        var root = arn[..^(resource.Length - "policy/".Length)];

        return same is not null
            ? ($"There is no managed policy {arn}", $"The managed policy of that name is {root}{same}.", false)
            : Unknown("policies", "managed policy", arn, Near(name, Table.Value.Policies.Select(known => known[(known.LastIndexOf('/') + 1)..])) is { } near
                ? $"{root}{Table.Value.Policies.First(known => known.EndsWith(near, StringComparison.Ordinal))} is the nearest."
                : "No name is like it.");
    }

    private static (string, string, bool) Unknown(string part, string kind, string text, string detail)
    {
        var source = Sources[part];
        var table = source.IsList ? $"a list of {source.Date}" : $"a table written by hand on {source.Date}";

        return ($"Unknown {kind} {text}", $"It is not in {table}: {source.From}. {detail} If AWS has it, this warning can be ignored.", true);
    }

    private static string? Near(string text, IEnumerable<string> known) =>
        known.Select(candidate => (candidate, Distance: Distance(text, candidate)))
            .Where(pair => pair.Distance <= Math.Max(1, text.Length / 5))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    // Levenshtein's.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;

            for (var j = 1; j <= right.Length; j++)
            {
                var cost = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[right.Length];
    }

    private static Contents Read()
    {
        using var stream = typeof(Offers).Assembly.GetManifestResourceStream("Catalogue/offers")!;
        using var json = JsonDocument.Parse(stream);
        var root = json.RootElement;

        return new Contents(
            root.GetProperty("sources").EnumerateObject().ToDictionary(part => part.Name, part => new OfferSource(
                Text(part.Value, "date"), part.Value.GetProperty("list").GetBoolean(), Text(part.Value, "from"), Text(part.Value, "docs").Split(' '))),
            Lists(root.GetProperty("ec2")),
            Lists(root.GetProperty("rds")),
            Lists(root.GetProperty("elasticache")),
            Lists(root.GetProperty("engines")),
            [.. Lists(root.GetProperty("policies")).SelectMany(path => path.Value.Select(name => $"{path.Key}{name}"))]);

        static string Text(JsonElement source, string name) => source.GetProperty(name).GetString()!;

        static Dictionary<string, string[]> Lists(JsonElement members) =>
            members.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!.Split(' '));
    }

    [GeneratedRegex(@"^(?<family>[a-z][a-z0-9-]*)\.(?<size>[a-z0-9-]+(\.[a-z0-9-]+)*)$")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"^[0-9]+(\.[0-9A-Za-z_-]+)*$")]
    private static partial Regex VersionNumber();

    private sealed record Contents(
        Dictionary<string, OfferSource> Sources, Dictionary<string, string[]> Ec2, Dictionary<string, string[]> Rds, Dictionary<string, string[]> ElastiCache,
        Dictionary<string, string[]> Engines,
        HashSet<string> Policies);
}
