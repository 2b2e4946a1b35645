using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies;

/// <summary>Excuses a violation for a time.</summary>
/// <param name="Policy">Id of the policy: <c>LOG-1</c>.</param>
/// <param name="Plan">Name of the plan: <c>dev/foundation</c>, or the folder of an example.</param>
/// <param name="Address">Addresses of resources, <c>*</c> stands for anything.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Owner">The team that answers for it.</param>
/// <param name="Expires">The last day on which it holds, in UTC.</param>
public sealed record Waiver(string Policy, string Plan, string Address, string Reason, string Owner, DateOnly Expires);

/// <summary>What is excused: <c>terraform/waivers.yaml</c>, all in one place.</summary>
/// <param name="All">Those that hold.</param>
/// <param name="Expired">Those whose last day is over. They excuse nothing.</param>
public sealed record Waivers(IReadOnlyList<Waiver> All, IReadOnlyList<Waiver> Expired)
{
    /// <summary>The file, relative to the repository.</summary>
    public const string File = "terraform/waivers.yaml";

    private static readonly string[] Fields = ["policy", "plan", "address", "reason", "owner", "expires"];

    public static Waivers None { get; } = new([], []);

    /// <exception cref="InvalidDataException">A waiver lacks a field, has another, or names a policy that does not exist.</exception>
    public static Waivers Load(Repository repository, TimeProvider time)
    {
        var file = repository.PathTo(File);

        return System.IO.File.Exists(file) ? Parse(Yaml.LoadFile(file), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)) : None;
    }

    /// <inheritdoc cref="Load"/>
    public static Waivers Parse(JsonObject document, DateOnly today)
    {
        var entries = document is { Count: 1 } && document["waivers"] is JsonArray list
            ? list
            : throw new InvalidDataException($"{File} holds one field, waivers, a list.");
        var all = entries.Select((entry, index) => Read(entry, $"{File}: waivers[{index}]")).ToArray();

        return new([.. all.Where(waiver => waiver.Expires >= today)], [.. all.Where(waiver => waiver.Expires < today)]);
    }

    /// <summary>The waiver that excuses a violation, if one does.</summary>
    public Waiver? For(string policy, string plan, string address) => All.FirstOrDefault(waiver =>
        waiver.Policy == policy && waiver.Plan == plan && Matches(waiver.Address, address));

    /// <summary>What is wrong with the waivers of a plan: those that are over, and those that excuse nothing.</summary>
    public IReadOnlyList<string> Problems(string plan, IReadOnlyList<Finding> findings) =>
    [
        .. Expired.Where(waiver => waiver.Plan == plan)
            .Select(waiver =>
                $"{File}: the waiver of {waiver.Policy} on {waiver.Address} ended on {waiver.Expires:yyyy-MM-dd}: {waiver.Owner} decides what now."),
        .. All.Where(waiver => waiver.Plan == plan && !IsOfChange(waiver) && findings.All(finding => finding.Waiver != waiver))
            .Select(waiver => $"{File}: the waiver of {waiver.Policy} on {waiver.Address} excuses nothing: remove it."),
    ];

    // Once the change is applied, a plan has nothing that it would excuse; it ends on its last day.
    private static bool IsOfChange(Waiver waiver) => Policies.Policy.All.Any(policy => policy is ChangePolicy && policy.Id == waiver.Policy);

    // Addresses hold quotes and backslashes, which the simple expression would read as escapes.
    private static bool Matches(string pattern, string address) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace('\\', '/'), address.Replace('\\', '/'));

    private static Waiver Read(JsonNode? entry, string place)
    {
        var fields = entry as JsonObject ?? [];

        if (fields.Any(field => !Fields.Contains(field.Key)))
        {
            throw new InvalidDataException($"{place}: a waiver has the fields {string.Join(", ", Fields)}, and no others.");
        }

        string Text(string name) => (string?)fields[name] is { Length: > 0 } text
            ? text
            : throw new InvalidDataException($"{place}: {name} is missing: a waiver says {string.Join(", ", Fields)}.");

        var policy = Text("policy");

        if (Policies.Policy.All.All(one => one.Id != policy))
        {
            var known = string.Join(", ", Policies.Policy.All.Select(one => one.Id));

            throw new InvalidDataException($"{place}: there is no policy {policy}; there are {known}.");
        }

        return DateOnly.TryParseExact(Text("expires"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires)
            ? new(policy, Text("plan"), Text("address"), Text("reason"), Text("owner"), expires)
            : throw new InvalidDataException($"{place}: expires is {Text("expires")}: write the last day on which it holds as 2027-01-31.");
    }
}
