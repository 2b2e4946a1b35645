using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Templates;

/// <summary>A template and what it is filled with.</summary>
/// <param name="Place">Where it stands, for messages: file, object and field.</param>
internal sealed record TemplateCall(string Place, string Text, JsonObject Parameters);
