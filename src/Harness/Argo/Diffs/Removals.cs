using System.Globalization;
using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Harness.Argo.Diffs;

/// <summary>An application that may vanish from a cluster.</summary>
/// <param name="Application">Environment and application: <c>staging/clock</c>.</param>
/// <param name="Expires">The last day on which it may, in UTC.</param>
public sealed record Removal(string Application, string Reason, string Owner, DateOnly Expires);

/// <summary>What may vanish, said in the change that makes it vanish: <c>argocd/removed.yaml</c>.</summary>
/// <param name="All">Those that hold.</param>
/// <param name="Expired">Those whose last day is over. They allow nothing.</param>
public sealed record Removals(IReadOnlyList<Removal> All, IReadOnlyList<Removal> Expired)
{
    /// <summary>The file, relative to the repository.</summary>
    public const string File = "argocd/removed.yaml";

    /// <exception cref="InvalidDataException">The file violates its schema, or names a day that does not exist.</exception>
    public static Removals Load(Repository repository, TimeProvider time)
    {
        var file = repository.PathTo(File);

        if (!System.IO.File.Exists(file))
        {
            return new([], []);
        }

        var document = Yaml.LoadFile(file);

        if (DocumentSchema.Load(repository.Root, "removals").Problems(document) is { Count: > 0 } problems)
        {
            throw new InvalidDataException(string.Join('\n', problems.Select(problem => $"{File}: {problem}")));
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var all = document["removals"]!.AsArray().Select((entry, index) => Read(entry!.AsObject(), index)).ToLookup(removal => removal.Expires >= today);

        return new([.. all[true]], [.. all[false]]);
    }

    /// <summary>What is wrong: applications that vanish without being named here, and entries that are over or name what is still there.</summary>
    /// <param name="vanished">Environment and name of each application that vanishes.</param>
    /// <param name="present">Of each that is there after the change.</param>
    public IReadOnlyList<string> Problems(IReadOnlyCollection<string> vanished, IReadOnlyCollection<string> present) =>
    [
        .. vanished.Where(name => All.All(removal => removal.Application != name)).Select(name => $"{name} would vanish, and {File} does not name it"),
        .. Expired.Select(removal => $"{File}: {removal.Application} ended on {removal.Expires:yyyy-MM-dd}: remove the entry"),
        .. All.Where(removal => present.Contains(removal.Application))
            .Select(removal => $"{File}: {removal.Application} is still there: remove the entry, or what makes the application"),
    ];

    private static Removal Read(JsonObject fields, int index)
    {
        string Text(string name) => (string)fields[name]!;

        return DateOnly.TryParseExact(Text("expires"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires)
            ? new(Text("application"), Text("reason"), Text("owner"), expires)
            : throw new InvalidDataException($"{File}: removals[{index}]: expires is {Text("expires")}, a day that does not exist.");
    }
}
