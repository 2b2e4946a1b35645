using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Generators;

/// <summary>
/// A generator of an ApplicationSet: one class for each that is supported, found by being there. One that has no class is refused by name.
/// https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
/// </summary>
internal interface IGenerator
{
    /// <summary>As an ApplicationSet writes it: <c>git</c>.</summary>
    string Kind { get; }

    /// <summary>The sets of parameters that it makes, in order.</summary>
    /// <param name="generator">What it says.</param>
    /// <exception cref="InvalidDataException">It says what Argo CD would refuse, or what is not supported here; the message has the place.</exception>
    Task<IReadOnlyList<JsonObject>> ParametersAsync(Place generator, GeneratorContext context, CancellationToken stop);
}
