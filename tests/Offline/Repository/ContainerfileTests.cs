namespace Causeway.Offline.Repository;

/// <summary>Every image is built on the base it is given and runs without root.</summary>
public sealed class ContainerfileTests(Workbench workbench)
{
    private const string Good = "# An image.\nARG BASE\nFROM ${BASE}\nRUN mkdir /a \\\n && mkdir /b\nUSER 10001:10001\nENTRYPOINT [\"/a\"]\n";

    [Fact]
    public void Every_Containerfile_takes_its_base_and_drops_root()
    {
        var folders = Directory.GetDirectories(workbench.Checkout.PathTo("images"));
        var gate = new Gate("Containerfiles", folders);

        foreach (var folder in folders)
        {
            var file = Path.Combine(folder, "Containerfile");
            gate.Record(folder, File.Exists(file) ? ProblemOf(File.ReadAllText(file)) : "has no Containerfile");
        }

        gate.Close();
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("ARG BASE\n", "FROM other AS tools\nARG BASE\n", "should say `ARG BASE`, without a default, before its first FROM")]
    [InlineData("ARG BASE", "ARG BASE=debian:trixie-slim", "should say `ARG BASE`, without a default, before its first FROM")]
    [InlineData("ARG BASE", "ARG BASE\nARG BASE=debian:trixie-slim", "should say `ARG BASE`, without a default, before its first FROM")]
    [InlineData("FROM ${BASE}", "FROM debian:trixie-slim", "its last FROM should be `FROM ${BASE}`")]
    [InlineData("ENTRYPOINT", "FROM debian:trixie-slim\nENTRYPOINT", "its last FROM should be `FROM ${BASE}`")]
    [InlineData("USER 10001:10001\n", "", "should say `USER 10001:10001` after its last FROM, and no other USER after it")]
    [InlineData("ENTRYPOINT", "FROM ${BASE}\nENTRYPOINT", "should say `USER 10001:10001` after its last FROM, and no other USER after it")]
    [InlineData("ENTRYPOINT", "USER root\nENTRYPOINT", "should say `USER 10001:10001` after its last FROM, and no other USER after it")]
    [InlineData("USER 10001:10001", "# USER 10001:10001", "should say `USER 10001:10001` after its last FROM, and no other USER after it")]
    public void Another_base_and_another_user_are_noticed(string right, string wrong, string? problem) =>
        Assert.Equal(problem, ProblemOf(right is "" ? Good : Good.Replace(right, wrong, StringComparison.Ordinal)));

    /// <summary>What is wrong with a Containerfile, or null. Instructions start their line; what continues one is indented.</summary>
    private static string? ProblemOf(string text)
    {
        var lines = text.Split('\n');
        bool Says(string line, string instruction) => line.StartsWith(instruction, StringComparison.OrdinalIgnoreCase);
        var before = lines.TakeWhile(line => !Says(line, "FROM "));
        var last = lines.LastOrDefault(line => Says(line, "FROM "));
        var stage = lines.Skip(Array.LastIndexOf(lines, last) + 1);

        return !before.Contains("ARG BASE") || lines.Any(line => Says(line, "ARG BASE=")) ? "should say `ARG BASE`, without a default, before its first FROM"
            : last != "FROM ${BASE}" ? "its last FROM should be `FROM ${BASE}`"
            : stage.LastOrDefault(line => Says(line, "USER ")) != "USER 10001:10001"
                ? "should say `USER 10001:10001` after its last FROM, and no other USER after it"
            : null;
    }
}
