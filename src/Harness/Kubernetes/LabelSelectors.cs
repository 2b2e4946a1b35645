using k8s.Models;

namespace Causeway.Harness.Kubernetes;

/// <summary>What a label selector finds: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/.</summary>
internal static class LabelSelectors
{
    /// <summary>Whether a selector finds something with these labels. One that says nothing, or is left out, finds everything.</summary>
    /// <exception cref="InvalidDataException">An operator does not exist.</exception>
    public static bool Matches(V1LabelSelector? selector, IReadOnlyDictionary<string, string> labels) =>
        (selector?.MatchLabels ?? new Dictionary<string, string>()).All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value)
        && (selector?.MatchExpressions ?? []).All(expression => Holds(expression, labels));

    private static bool Holds(V1LabelSelectorRequirement expression, IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault(expression.Key);
        var values = expression.Values ?? [];

        return expression.OperatorProperty switch
        {
            "In" => value is not null && values.Contains(value),
            "NotIn" => value is null || !values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            var other => throw new InvalidDataException($"matchExpressions: the operator {other} does not exist; use In, NotIn, Exists or DoesNotExist."),
        };
    }
}
