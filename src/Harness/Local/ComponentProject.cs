using System.Xml.Linq;

namespace Causeway.Harness.Local;

/// <summary>The project that a component's image is built from.</summary>
/// <param name="Image">Name of its image, <c>&lt;workload&gt;-&lt;component&gt;</c>.</param>
/// <param name="Kind">The component's kind, which decides the Containerfile.</param>
/// <param name="File">Absolute path of the project file, <c>services/&lt;workload&gt;/src/&lt;Component&gt;/&lt;Component&gt;.csproj</c>.</param>
public sealed record ComponentProject(string Image, string Kind, string File)
{
    /// <summary>What components are published for: https://learn.microsoft.com/dotnet/core/rid-catalog</summary>
    public const string Runtime = "linux-x64";

    /// <summary>Folder that <c>dotnet publish</c> writes, as services/Directory.Build.props names it.</summary>
    public string PublishedIn(Repository repository) => repository.PathTo("artifacts", "publish", Output(repository), $"release_{Runtime}");

    /// <summary>Folder that <c>dotnet build</c> writes.</summary>
    public string BuiltIn(Repository repository) => repository.PathTo("artifacts", "bin", Output(repository), "debug");

    private string Output(Repository repository) =>
        Path.GetRelativePath(repository.PathTo("services"), Path.GetDirectoryName(File)!).Replace('/', '-');

    /// <summary><c>images/&lt;kind&gt;/Containerfile</c>, or the one for services where the kind has none of its own.</summary>
    public string Containerfile(Repository repository) =>
        repository.PathTo("images", Kind, "Containerfile") is var own && System.IO.File.Exists(own)
            ? own
            : repository.PathTo("images", "service", "Containerfile");

    /// <summary>
    /// The folders whose contents decide whether the image must be built again: the project's own, and those of the projects it references, directly or not.
    /// </summary>
    public IReadOnlyList<string> Folders()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var left = new Queue<string>([File]);

        while (left.TryDequeue(out var project))
        {
            if (!found.Add(Path.GetDirectoryName(project)!))
            {
                continue;
            }

            var references = XDocument.Load(project).Descendants("ProjectReference").Select(reference => (string?)reference.Attribute("Include"));

            foreach (var reference in references.OfType<string>())
            {
                left.Enqueue(Path.GetFullPath(reference.Replace('\\', '/'), Path.GetDirectoryName(project)!));
            }
        }

        return [.. found];
    }

    /// <summary>The project of a component; null where there is none, so that the chart decides whether the component needs an image.</summary>
    public static ComponentProject? Find(Repository repository, string workload, string component, string kind)
    {
        var program = string.Concat(component.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var file = repository.PathTo("services", workload, "src", program, $"{program}.csproj");

        return System.IO.File.Exists(file) ? new ComponentProject($"{workload}-{component}", kind, file) : null;
    }
}
