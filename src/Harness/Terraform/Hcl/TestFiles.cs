using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A module's own Terraform tests. Terraform looks beside the module's files and in one folder, <c>tests</c> unless told otherwise.</summary>
public static partial class TestFiles
{
    /// <summary>The folder to name with <c>-test-directory</c>, or null where Terraform finds the tests by itself (or there are none).</summary>
    public static string? Directory(string module)
    {
        var tests = Path.Combine(module, "tests");

        return !System.IO.Directory.Exists(tests) || Of(tests).Any()
            ? null
            : System.IO.Directory.EnumerateDirectories(tests).Order(StringComparer.Ordinal).FirstOrDefault(folder => Of(folder).Any()) is { } found
                ? Path.GetRelativePath(module, found)
                : null;
    }

    /// <summary>The tests Terraform runs for a module.</summary>
    /// <param name="directory">What <c>-test-directory</c> says, if it is given.</param>
    public static IReadOnlyList<string> In(string module, string? directory = null) =>
        [
            .. new[] { module, Path.GetFullPath(Path.Combine(module, directory ?? Directory(module) ?? "tests")) }
                .Distinct()
                .Where(System.IO.Directory.Exists)
                .SelectMany(Of)
        ];

    /// <summary>Whether a test file may apply something: it has a run that does not say <c>command = plan</c>.</summary>
    public static bool Applies(string file) =>
        file.EndsWith(".json", StringComparison.Ordinal)
            || HclBody.OfText(SourceText.Read(file)).Of("run").Any(run => run.Body.Attributes.GetValueOrDefault("command") is not [{ Value: "plan" }]);

    /// <summary>Whether a test file has anything to run; one that cannot be parsed may have.</summary>
    public static bool HasRuns(string file) => Run().IsMatch(File.ReadAllText(file));

    private static IEnumerable<string> Of(string folder) =>
        System.IO.Directory.EnumerateFiles(folder)
            .Where(file => file.EndsWith(".tftest.hcl", StringComparison.Ordinal) || file.EndsWith(".tftest.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("""^\s*[{,]?\s*"?run\b""", RegexOptions.Multiline)]
    private static partial Regex Run();
}
