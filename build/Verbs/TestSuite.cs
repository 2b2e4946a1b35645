using System.Xml.Linq;
using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary>
/// One run of a test project's program. A project is run once, and once more for each <c>RunAgain</c> item it has: against the local runtime that the item
/// includes, without the tests of the namespace that the item names.
/// </summary>
/// <param name="Project">The project's file, relative to the repository.</param>
/// <param name="Runtime">The local runtime; null: the default.</param>
/// <param name="Without">Namespace whose tests are left out; null: none.</param>
internal sealed record TestSuite(string Project, string? Runtime = null, string? Without = null)
{
    /// <summary>What it is called: <c>Offline</c>, <c>Integration-ecs</c>.</summary>
    public string Name => $"{Path.GetFileNameWithoutExtension(Project)}{Suffix}";

    /// <summary>The project's folder as a file's name.</summary>
    public string Place => Path.GetDirectoryName(Project)!.Replace('/', '-');

    /// <summary>Tells the runs of one project apart.</summary>
    public string Suffix => Runtime is null ? "" : $"-{Runtime}";

    /// <summary>Arguments of the program.</summary>
    public IReadOnlyList<string> Arguments => Without is null ? [] : ["-namespace-", Without];

    /// <summary>The runs of a project; none where it is not a test project.</summary>
    public static IEnumerable<TestSuite> Of(Repository repository, string project)
    {
        var document = XDocument.Load(repository.PathTo(project));

        return document.Descendants("IsTestProject").All(property => property.Value != "true")
            ? []
            : [
                new TestSuite(project),
                .. document.Descendants("RunAgain")
                    .Select(again => new TestSuite(project, (string?)again.Attribute("Include"), (string?)again.Attribute("Without"))),
            ];
    }
}
