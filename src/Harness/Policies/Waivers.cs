using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Harness.Policies;

/// <summary>Excuses a violation for a time.</summary>
/// <param name="Policy">Id of the policy: <c>LOG-1</c>.</param>
/// <param name="Judged">Name of the plan or of the rendering: <c>dev/foundation</c>, the folder of an example, <c>local/stand-ins</c>.</param>
/// <param name="Address">Addresses of resources or objects, <c>*</c> stands for anything.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Owner">The team that answers for it.</param>
/// <param name="Expires">The last day on which it holds, in UTC.</param>
/// <param name="File">Where it is written.</param>
public sealed record Waiver(string Policy, string Judged, string Address, string Reason, string Owner, DateOnly Expires, string File = Waivers.File);

/// <summary>What is excused: <c>waivers.yaml</c>, and beside an environment's facts what is excused there alone.</summary>
/// <param name="All">Those that hold.</param>
/// <param name="Expired">Those whose last day is over. They excuse nothing.</param>
public sealed record Waivers(IReadOnlyList<Waiver> All, IReadOnlyList<Waiver> Expired)
{
    /// <summary>The file's name: at the root of the repository, and in the folders of environments.</summary>
    public const string File = "waivers.yaml";

    public static Waivers None { get; } = new([], []);

    /// <exception cref="InvalidDataException">
    /// A file violates its schema, names a policy or a day that does not exist, or one of an environment is about something else.
    /// </exception>
    public static Waivers Load(Repository repository, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        string[] files =
        [
            .. new[] { File }.Concat(Directory.Exists(repository.PathTo("terraform", "envs"))
                ? repository.Environments().Select(environment => $"terraform/envs/{environment}/{File}")
                : []).Where(file => System.IO.File.Exists(repository.PathTo(file))),
        ];
        var schema = files is [] ? null : DocumentSchema.Load(repository.Root, "waivers");
        var loaded = files.Select(file => Parse(Yaml.LoadFile(repository.PathTo(file)), schema!, today, file)).ToArray();

        return new([.. loaded.SelectMany(one => one.All)], [.. loaded.SelectMany(one => one.Expired)]);
    }

    /// <inheritdoc cref="Load"/>
    public static Waivers Parse(JsonObject document, DocumentSchema schema, DateOnly today, string file = File)
    {
        if (schema.Problems(document) is { Count: > 0 } problems)
        {
            throw new InvalidDataException(string.Join('\n', problems.Select(problem => $"{file}: {problem}")));
        }

        var all = document["waivers"]!.AsArray()
            .Select((entry, index) => Read(entry!.AsObject(), $"{file}: waivers[{index}]") with { File = file })
            .ToArray();

        // One of an environment goes with its folder.
        if (file != File && Path.GetFileName(Path.GetDirectoryName(file)) is { } environment
            && all.FirstOrDefault(waiver => !waiver.Judged.StartsWith($"{environment}/", StringComparison.Ordinal)) is { } foreign)
        {
            throw new InvalidDataException($"{file}: {foreign.Judged} is not of {environment}; write this waiver into {File}.");
        }

        return new([.. all.Where(waiver => waiver.Expires >= today)], [.. all.Where(waiver => waiver.Expires < today)]);
    }

    /// <summary>The waiver that excuses a violation, if one does.</summary>
    /// <param name="judged">Name of the plan or of the rendering.</param>
    public Waiver? For(string policy, string judged, string address) => All.FirstOrDefault(waiver =>
        waiver.Policy == policy && waiver.Judged == judged && Matches(waiver.Address, address));

    /// <summary>What is wrong with the waivers of a plan or of a rendering: those that are over, and those that excuse nothing.</summary>
    public IReadOnlyList<string> Problems(string judged, IReadOnlyList<Finding> findings) =>
    [
        .. Expired.Where(waiver => waiver.Judged == judged)
            .Select(waiver =>
                $"{waiver.File}: the waiver of {waiver.Policy} on {waiver.Address} ended on {waiver.Expires:yyyy-MM-dd}: {waiver.Owner} decides what now."),
        .. All.Where(waiver => waiver.Judged == judged && !IsOfChange(waiver) && findings.All(finding => finding.Waiver != waiver))
            .Select(waiver => $"{waiver.File}: the waiver of {waiver.Policy} on {waiver.Address} excuses nothing: remove it."),
    ];

    // Once the change is applied, a plan has nothing that it would excuse; it ends on its last day.
    private static bool IsOfChange(Waiver waiver) => Policies.Policy.All.Any(policy => policy is ChangePolicy && policy.Id == waiver.Policy);

    // Addresses hold quotes and backslashes, which the simple expression would read as escapes.
    private static bool Matches(string pattern, string address) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace('\\', '/'), address.Replace('\\', '/'));

    private static Waiver Read(JsonObject fields, string place)
    {
        string Text(string name) => (string)fields[name]!;

        if (Policies.Policy.All.All(policy => policy.Id != Text("policy")))
        {
            var known = string.Join(", ", Policies.Policy.All.Select(policy => policy.Id));

            throw new InvalidDataException($"{place}: there is no policy {Text("policy")}; there are {known}.");
        }

        return DateOnly.TryParseExact(Text("expires"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires)
            ? new(Text("policy"), Text(fields.ContainsKey("plan") ? "plan" : "rendering"), Text("address"), Text("reason"), Text("owner"), expires)
            : throw new InvalidDataException($"{place}: expires is {Text("expires")}, a day that does not exist.");
    }
}
