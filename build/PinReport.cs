using Causeway.Harness.Releases;

namespace Causeway.Build;

/// <summary>Says which pins changed, from what to what.</summary>
internal static class PinReport
{
    /// <param name="markdown">File that gets the changes as a table; null: none.</param>
    /// <returns>Exit code 0.</returns>
    public static int Show(IReadOnlyList<PinChange> changes, string? markdown)
    {
        changes.SelectMany(change => change.Lines).ToList().ForEach(Console.WriteLine);

        if (markdown is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(markdown))!);
            File.WriteAllText(markdown, PinChange.Markdown(changes));
        }

        return 0;
    }
}
