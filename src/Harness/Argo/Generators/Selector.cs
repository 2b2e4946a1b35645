using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Argo.Generators;

/// <summary>A label selector, over a secret's labels or over parameters.</summary>
internal sealed class Selector
{
    private readonly V1LabelSelector? selector;

    private Selector(V1LabelSelector? selector) => this.selector = selector;

    /// <summary>Whether it lets everything through.</summary>
    public bool IsEmpty => selector is null or { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } };

    /// <param name="place">Null: it lets everything through.</param>
    /// <exception cref="InvalidDataException">An operator does not exist, or a field.</exception>
    public static Selector Of(Place? place)
    {
        if (place is null)
        {
            return new(null);
        }

        place.ExpectOnly("matchLabels", "matchExpressions");
        var labels = place.Part("matchLabels");

        return new(new V1LabelSelector
        {
            MatchLabels = labels?.Json.ToDictionary(pair => pair.Key, pair => labels.Text(pair.Key) ?? ""),
            MatchExpressions = [.. place.Parts("matchExpressions").Select(Expression)],
        });
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => LabelSelectors.Matches(selector, labels);

    private static V1LabelSelectorRequirement Expression(Place expression)
    {
        expression.ExpectOnly("key", "operator", "values");
        var operation = expression.Needed("operator");

        return operation is "In" or "NotIn" or "Exists" or "DoesNotExist"
            ? new V1LabelSelectorRequirement { Key = expression.Needed("key"), OperatorProperty = operation, Values = [.. expression.Texts("values")] }
            : throw expression.Invalid($"the operator {operation} does not exist; use In, NotIn, Exists or DoesNotExist.");
    }
}
