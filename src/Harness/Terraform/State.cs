using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>What Terraform remembers. Format: https://developer.hashicorp.com/terraform/internals/json-format#state-representation</summary>
public sealed record State(IReadOnlyList<StateResource> Resources, IReadOnlyList<OutputValue> Outputs)
{
    /// <summary>The resources that exist because of this configuration; data sources are not among them.</summary>
    public IEnumerable<StateResource> Managed => Resources.Where(resource => resource.Mode == "managed");

    public bool IsEmpty => !Managed.Any();

    /// <summary>The resource at an address.</summary>
    /// <exception cref="KeyNotFoundException">The state has no such resource; the message names those it has.</exception>
    public StateResource this[string address] =>
        Resources.FirstOrDefault(resource => resource.Address == address)
            ?? throw new KeyNotFoundException(
                $"The state has no {address}; it has {string.Join(", ", Resources.Select(resource => resource.Address).Order(StringComparer.Ordinal))}.");

    /// <param name="json">What <c>terraform show -json</c> prints.</param>
    public static State Parse(JsonObject json) =>
        json["values"] is JsonObject values
            ? new(
                [.. InModule(values["root_module"], "")],
                [
                    .. (values["outputs"] as JsonObject ?? [])
                        .Select(pair => new OutputValue(pair.Key, pair.Value!["value"], (bool?)pair.Value["sensitive"] ?? false))
                ])
            : new([], []);

    private static IEnumerable<StateResource> InModule(JsonNode? module, string address) =>
        module is null
            ? []
            : (module["resources"] as JsonArray ?? [])
                .Select(node => new StateResource(
                    (string)node!["address"]!,
                    address,
                    (string)node["mode"]!,
                    (string)node["type"]!,
                    (string)node["name"]!,
                    (string?)node["provider_name"] ?? "",
                    node["values"] as JsonObject ?? [],
                    node["sensitive_values"]))
                .Concat((module["child_modules"] as JsonArray ?? []).SelectMany(child => InModule(child, (string)child!["address"]!)));
}
