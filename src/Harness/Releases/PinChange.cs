namespace Causeway.Harness.Releases;

/// <summary>What becomes of the pins of one release.</summary>
/// <param name="Name">Environment and workload: <c>staging/catalog</c>.</param>
/// <param name="Before">Null: it had none.</param>
public sealed record PinChange(string Name, Pins? Before, Pins After)
{
    /// <summary>Each value that changes: what it belongs to, old and new; null where there is none.</summary>
    public IReadOnlyList<(string What, string? Old, string? New)> Values =>
    [
        .. new[] { ("revision", Before?.Revision, (string?)After.Revision) }
            .Concat(Images().Select(name => ($"image {name}", Digest(Before, name), Digest(After, name))))
            .Where(value => value.Item2 != value.Item3),
    ];

    /// <summary>The change as lines for a terminal.</summary>
    public IReadOnlyList<string> Lines => [Name, .. Values.Select(value => $"  {value.What,-20} {Text(value.Old)} → {Text(value.New)}")];

    /// <summary>Changes as a table for a pull request.</summary>
    public static string Markdown(IReadOnlyList<PinChange> changes) => changes is []
        ? "Nothing changes.\n"
        : string.Join('\n', [
            "| release | | old | new |",
            "|---|---|---|---|",
            .. from change in changes
               from value in change.Values
               select $"| {change.Name} | {value.What} | `{Text(value.Old)}` | `{Text(value.New)}` |",
            "",
        ]);

    private IEnumerable<string> Images() => (Before?.Images ?? []).Concat(After.Images).Select(image => image.Key).Distinct();

    private static string? Digest(Pins? pins, string image) =>
        pins?.Images.Where(one => one.Key == image).Select(one => one.Value).FirstOrDefault();

    private static string Text(string? value) => value ?? "none";
}
