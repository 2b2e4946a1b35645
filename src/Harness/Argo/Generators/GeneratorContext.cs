using System.Text.Json.Nodes;
using Causeway.Harness.Argo.Templates;

namespace Causeway.Harness.Argo.Generators;

/// <summary>What generators look at.</summary>
/// <param name="Clusters">The secrets by which Argo CD knows its clusters.</param>
/// <param name="Sources">The repositories that they read.</param>
internal sealed record GeneratorContext(IReadOnlyList<JsonObject> Clusters, ISources Sources, TemplateEvaluator Templates);
