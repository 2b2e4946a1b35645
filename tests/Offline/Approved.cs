namespace Causeway.Offline;

/// <summary>Texts that a person has read and approved, kept in tests/Fixtures/approved and changed only by a reviewed diff.</summary>
internal static class Approved
{
    private const string Accept = "CAUSEWAY_APPROVE";

    /// <summary>What is wrong with <paramref name="actual"/>, or null where it is what was approved as <paramref name="name"/>.</summary>
    public static string? Compare(Workbench workbench, string name, string actual)
    {
        var file = Path.Combine(workbench.Fixtures, "approved", name);

        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(file, actual);
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";

        if (approved == actual)
        {
            return null;
        }

        var (was, now) = (approved.Split('\n'), actual.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();

        return $"differs from tests/Fixtures/approved/{name} from line {line + 1} on:\n"
            + $"    approved: {was.ElementAtOrDefault(line)}\n    now:      {now.ElementAtOrDefault(line)}\n"
            + $"    If it should: run this test with {Accept}=1 and let the diff be reviewed.";
    }
}
