using System.Xml.Linq;
using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary>
/// One run of a test project's program. A project is run once, and once more for each <c>RunAgain</c> item it has: against the runtime that the item
/// includes, without the tests of one namespace, or with those of one namespace alone, which no other run has then.
/// </summary>
/// <param name="Project">The project's file, relative to the repository.</param>
/// <param name="Runtime">The runtime; null: the default.</param>
/// <param name="Without">Namespaces whose tests are left out.</param>
/// <param name="Only">The one namespace whose tests are run; null: all.</param>
/// <param name="Needs">Variable without which its tests are skipped; null: none.</param>
internal sealed record TestSuite(string Project, string? Runtime, IReadOnlyList<string> Without, string? Only = null, string? Needs = null)
{
    /// <summary>What it is called: <c>Offline</c>, <c>Integration-ecs</c>.</summary>
    public string Name => $"{Path.GetFileNameWithoutExtension(Project)}{Suffix}";

    /// <summary>The project's folder as a file's name.</summary>
    public string Place => Path.GetDirectoryName(Project)!.Replace('/', '-');

    /// <summary>Tells the runs of one project apart.</summary>
    public string Suffix => Runtime is null ? "" : $"-{Runtime}";

    /// <summary>Arguments of the program.</summary>
    public IReadOnlyList<string> Arguments =>
        [.. Without.SelectMany(name => new[] { "-namespace-", name }), .. Only is null ? Array.Empty<string>() : ["-namespace", Only]];

    /// <summary>Whether it is about something that is not given, so that its tests are skipped.</summary>
    public bool IsWithoutItsNeeds => Needs is not null && Environment.GetEnvironmentVariable(Needs) is null or "";

    /// <summary>The runs of a project; none where it is not a test project.</summary>
    public static IEnumerable<TestSuite> Of(Repository repository, string project)
    {
        var document = XDocument.Load(repository.PathTo(project));

        XElement[] again = [.. document.Descendants("RunAgain")];
        string[] apart = [.. again.Select(one => (string?)one.Attribute("Only")).OfType<string>()];

        TestSuite Again(XElement one) => (string?)one.Attribute("Only") is { } only
            ? new(project, (string?)one.Attribute("Include"), [], only, (string?)one.Attribute("Needs"))
            : new(project, (string?)one.Attribute("Include"),
                [.. apart, .. (string?)one.Attribute("Without") is { } without ? [without] : Array.Empty<string>()]);

        return document.Descendants("IsTestProject").All(property => property.Value != "true")
            ? []
            : [new TestSuite(project, null, apart), .. again.Select(Again)];
    }
}
