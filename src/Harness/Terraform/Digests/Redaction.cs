using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Digests;

/// <summary>Takes what is sensitive out of a plan's document: by Terraform's marks, and wherever else the same text stands.</summary>
public static partial class Redaction
{
    // A shorter text is a word that may well stand elsewhere without being the secret.
    private const int Telling = 6;

    /// <summary>A copy of <c>terraform show -json</c> that may be kept. Where in doubt, more is removed rather than less.</summary>
    public static JsonObject Of(JsonObject plan)
    {
        var copy = plan.DeepClone().AsObject();
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        var attributes = new HashSet<(string Resource, string Attribute)>();

        foreach (var change in Changes(copy))
        {
            Take(change["change"], "before", "before_sensitive", secrets);
            Take(change["change"], "after", "after_sensitive", secrets);
            attributes.UnionWith(SensitiveAttributes(change));
        }

        foreach (var (_, change) in copy["output_changes"] as JsonObject ?? [])
        {
            Take(change, "before", "before_sensitive", secrets);
            Take(change, "after", "after_sensitive", secrets);
        }

        foreach (var values in new[] { copy["planned_values"], copy["prior_state"]?["values"] })
        {
            TakeValues(values, secrets);
        }

        TakeInputs(copy, secrets);
        TakeConfiguration(copy["configuration"], attributes, secrets);
        Remove(copy, new Known([.. secrets.OrderByDescending(secret => secret.Length)], SearchValues.Create([.. secrets], StringComparison.Ordinal)));

        return copy;
    }

    private static IEnumerable<JsonNode> Changes(JsonObject plan) =>
        new[] { "resource_changes", "resource_drift", "deferred_changes" }
            .SelectMany(section => plan[section] as JsonArray ?? [])
            .Select(node => node!["resource_change"] ?? node!);

    private static void Take(JsonNode? holder, string value, string marks, HashSet<string> secrets)
    {
        if (holder is JsonObject map && map[value] is { } found)
        {
            Collect(found, map[marks], secrets);
            map[value] = ValueFormatter.Mask(found, map[marks]);
        }
    }

    private static void TakeValues(JsonNode? values, HashSet<string> secrets)
    {
        foreach (var (_, output) in values?["outputs"] as JsonObject ?? [])
        {
            Take(output, "value", "sensitive", secrets);
        }

        TakeModule(values?["root_module"], secrets);
    }

    private static void TakeModule(JsonNode? module, HashSet<string> secrets)
    {
        foreach (var resource in module?["resources"] as JsonArray ?? [])
        {
            Take(resource, "values", "sensitive_values", secrets);
        }

        foreach (var child in module?["child_modules"] as JsonArray ?? [])
        {
            TakeModule(child, secrets);
        }
    }

    // Values of input variables carry no marks: their declarations say which are sensitive.
    private static void TakeInputs(JsonObject plan, HashSet<string> secrets)
    {
        foreach (var (name, input) in plan["variables"] as JsonObject ?? [])
        {
            if (ValueFormatter.IsTrue(plan["configuration"]?["root_module"]?["variables"]?[name]?["sensitive"]))
            {
                Collect(input!["value"], JsonValue.Create(true), secrets);
                input["value"] = ValueFormatter.Sensitive;
            }
        }
    }

    private static void TakeConfiguration(JsonNode? configuration, HashSet<(string, string)> attributes, HashSet<string> secrets)
    {
        foreach (var (_, provider) in configuration?["provider_config"] as JsonObject ?? [])
        {
            foreach (var (name, expression) in provider?["expressions"] as JsonObject ?? [])
            {
                if (name is not ("region" or "alias"))
                {
                    TakeConstants(expression, secrets);
                }
            }
        }

        TakeModuleConfiguration(configuration?["root_module"], "", attributes, secrets);
    }

    private static void TakeModuleConfiguration(
        JsonNode? module, string address, HashSet<(string Resource, string Attribute)> attributes, HashSet<string> secrets)
    {
        foreach (var (_, variable) in module?["variables"] as JsonObject ?? [])
        {
            if (ValueFormatter.IsTrue(variable?["sensitive"]) && variable!["default"] is { } value)
            {
                Collect(value, JsonValue.Create(true), secrets);
                variable["default"] = ValueFormatter.Sensitive;
            }
        }

        foreach (var (_, output) in module?["outputs"] as JsonObject ?? [])
        {
            if (ValueFormatter.IsTrue(output?["sensitive"]))
            {
                TakeConstants(output!["expression"], secrets);
            }
        }

        foreach (var resource in module?["resources"] as JsonArray ?? [])
        {
            foreach (var (name, expression) in resource?["expressions"] as JsonObject ?? [])
            {
                if (attributes.Contains(($"{address}{(string?)resource!["address"]}", name)))
                {
                    TakeConstants(expression, secrets);
                }
            }
        }

        foreach (var (name, call) in module?["module_calls"] as JsonObject ?? [])
        {
            foreach (var (input, expression) in call?["expressions"] as JsonObject ?? [])
            {
                if (ValueFormatter.IsTrue(call!["module"]?["variables"]?[input]?["sensitive"]))
                {
                    TakeConstants(expression, secrets);
                }
            }

            TakeModuleConfiguration(call?["module"], $"{address}module.{name}.", attributes, secrets);
        }
    }

    private static void TakeConstants(JsonNode? expression, HashSet<string> secrets)
    {
        switch (expression)
        {
            case JsonObject map when map["constant_value"] is { } constant:
                Collect(constant, JsonValue.Create(true), secrets);
                map["constant_value"] = ValueFormatter.Sensitive;
                break;
            case JsonObject map:
                map.ToList().ForEach(pair => TakeConstants(pair.Value, secrets));
                break;
            case JsonArray list:
                list.ToList().ForEach(item => TakeConstants(item, secrets));
                break;
        }
    }

    // The configuration knows no instances: `module.a["x"].aws_y.z[0]` is `module.a.aws_y.z` there.
    private static IEnumerable<(string, string)> SensitiveAttributes(JsonNode change)
    {
        var address = Instances().Replace((string)change["address"]!, "");

        return new[] { "before_sensitive", "after_sensitive" }
            .SelectMany(marks => change["change"]![marks] as JsonObject ?? [])
            .Where(pair => ValueFormatter.HasTrue(pair.Value))
            .Select(pair => (address, pair.Key));
    }

    [GeneratedRegex("""\[(?:"(?:[^"\\]|\\.)*"|\d+)\]""")]
    private static partial Regex Instances();

    private static void Collect(JsonNode? value, JsonNode? marks, HashSet<string> secrets)
    {
        switch (value)
        {
            case JsonObject map:
                map.ToList().ForEach(pair => Collect(pair.Value, ValueFormatter.IsTrue(marks) ? marks : ValueFormatter.Of(marks, pair.Key), secrets));
                break;
            case JsonArray list:
                list.Select((item, index) => (item, index))
                    .ToList()
                    .ForEach(pair => Collect(pair.item, ValueFormatter.IsTrue(marks) ? marks : ValueFormatter.At(marks, pair.index), secrets));
                break;
            case JsonValue text when ValueFormatter.IsTrue(marks)
                && text.GetValueKind() is JsonValueKind.String
                && (string?)text is { Length: >= Telling } secret
                && !ValueFormatter.IsMark(text):
                secrets.Add(secret);
                break;
        }
    }

    private static void Remove(JsonNode? node, Known secrets)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map.ToArray())
                {
                    if (Without(value, secrets) is { } clean)
                    {
                        map[key] = clean;
                    }

                    Remove(value, secrets);
                }

                break;
            case JsonArray list:
                for (var index = 0; index < list.Count; index++)
                {
                    if (Without(list[index], secrets) is { } clean)
                    {
                        list[index] = clean;
                    }

                    Remove(list[index], secrets);
                }

                break;
        }
    }

    // What takes the node's place, if it is a text that holds a secret.
    private static string? Without(JsonNode? node, Known secrets)
    {
        if (node is not JsonValue value || value.GetValueKind() is not JsonValueKind.String || (string?)value is not { Length: >= Telling } text)
        {
            return null;
        }

        if (!text.AsSpan().ContainsAny(secrets.Any))
        {
            return null;
        }

        var clean = secrets.LongestFirst.Aggregate(text, (left, secret) => left.Replace(secret, ValueFormatter.Sensitive, StringComparison.Ordinal));

        return clean;
    }

    private sealed record Known(IReadOnlyList<string> LongestFirst, SearchValues<string> Any);
}
