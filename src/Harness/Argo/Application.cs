using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo;

/// <summary>An application of Argo CD's.</summary>
/// <param name="From">What makes it: <c>ApplicationSet platform</c>, or the application whose manifests it is among.</param>
public sealed record Application(string Name, string From, JsonObject Json);
