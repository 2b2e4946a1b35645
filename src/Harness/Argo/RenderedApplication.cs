using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo;

/// <summary>An object that a source holds or renders.</summary>
/// <param name="File">The file it lies in, or what rendered it; for messages.</param>
public sealed record Manifest(string File, JsonObject Json)
{
    public string Kind => (string?)Json["kind"] ?? "";

    /// <summary>Whether it is one of Argo CD's own objects.</summary>
    public bool IsOfArgo => ((string?)Json["apiVersion"])?.StartsWith("argoproj.io/", StringComparison.Ordinal) is true;
}

/// <summary>An application with every manifest that Argo CD would get of its sources.</summary>
/// <param name="Namespace">Where objects are put that name no namespace.</param>
/// <param name="Manifests">Empty where it is skipped.</param>
/// <param name="ValueFiles">Files of the repository that its charts take values from, relative to its root.</param>
/// <param name="Skipped">Why it is not rendered; empty where it is.</param>
public sealed record RenderedApplication(
    Application Application, string Namespace, IReadOnlyList<Manifest> Manifests, IReadOnlyList<string> ValueFiles, string Skipped = "")
{
    public string Name => Application.Name;
}
