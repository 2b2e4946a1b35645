using System.Text.Json.Nodes;
using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// Where a stack's state lies in a real run, by the type of its backend: what <c>-backend-config</c> says follows from the environment's facts.
/// </summary>
internal static class StateBackends
{
    private static readonly Dictionary<string, Func<StackInstance, JsonObject, string[]>> Known = new()
    {
        // https://developer.hashicorp.com/terraform/language/backend/s3
        ["s3"] = (instance, facts) =>
        [
            $"bucket=causeway-state-{Fact(instance, facts, "account")}-{Fact(instance, facts, "region")}",
            $"key={instance.StateKey}",
            $"region={Fact(instance, facts, "region")}",
        ],
    };

    /// <param name="facts">The environment's <c>env</c>.</param>
    /// <exception cref="InvalidDataException">The stack has no backend, or one of another type; or the environment lacks a fact.</exception>
    public static IReadOnlyList<string> Arguments(StackInstance instance, JsonObject facts)
    {
        var backend = Configuration.ReadFolder(instance.Folder)
            .Where(block => block.Type == "terraform")
            .SelectMany(block => block.Blocks)
            .FirstOrDefault(block => block.Type == "backend")
            ?? throw new InvalidDataException(
                $"terraform/stacks/{instance.Kind}/{instance.Stack} has no `backend` block: its state would be lost. " +
                $"Add one of type {string.Join(" or ", Known.Keys)}.");

        return backend.Labels is [var type] && Known.TryGetValue(type, out var arguments)
            ? arguments(instance, facts)
            : throw new InvalidDataException($"{backend.File}:{backend.Line}: a backend of type {string.Join(' ', backend.Labels)} is not " +
                $"supported. Use one of type {string.Join(" or ", Known.Keys)}, or add it to {nameof(StateBackends)}.");
    }

    private static string Fact(StackInstance instance, JsonObject facts, string name) =>
        (string?)facts[name]
            ?? throw new InvalidDataException($"terraform/envs/{instance.Environment}/env.yaml: `env.{name}` is missing: the state's place follows from it.");
}
