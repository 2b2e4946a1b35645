using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Policies;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Costs;

/// <summary>What a plan's resources cost in a month, by list price, as far as it does not depend on their use.</summary>
/// <param name="Lines">Resources with a price, or without one that is known, in order of address.</param>
/// <param name="ByUse">How many resources cost something by their use alone.</param>
/// <param name="Free">How many cost nothing.</param>
/// <param name="Unpriced">Types that the table does not have, with the number of resources.</param>
/// <param name="Units">The units of the table.</param>
public sealed record Cost(
    IReadOnlyList<CostLine> Lines, int ByUse, int Free, IReadOnlyDictionary<string, int> Unpriced, IReadOnlySet<string> Units)
{
    public decimal Before => Lines.Sum(line => line.Before);

    public decimal After => Lines.Sum(line => line.After);

    /// <summary>What is paid for after the plan, by unit.</summary>
    public IReadOnlyDictionary<string, Amount> Amounts => Amount.ByUnit(Lines.SelectMany(line => line.Amounts));

    /// <summary>
    /// Looks up every managed resource of the table's cloud in a plan, those that stay as they are included. Where there is no table, every resource that is
    /// in a region is without a price.
    /// </summary>
    public static Cost Of(Plan plan, PriceTable table)
    {
        var references = new PlanReferences(plan);
        var (lines, byUse, free, unpriced) = (new List<CostLine>(), 0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal));

        foreach (var resource in plan.Resources
            .Where(resource => resource.Mode is "managed")
            .Where(resource => table == PriceTable.None ? PriceTable.RegionOf(resource) is not null : table.IsOf(resource))
            .OrderBy(resource => resource.Address, StringComparer.Ordinal))
        {
            if (!table.Knows(resource.Type))
            {
                unpriced[resource.Type] = unpriced.GetValueOrDefault(resource.Type) + 1;
            }
            else if (table.Free.Contains(resource.Type))
            {
                free++;
            }
            else
            {
                var subject = new Subject(resource, plan, references);
                var before = resource.Before is null ? Side.Nothing : Side.Of(subject, table.Fixed[resource.Type], after: false);
                var after = resource.After is null ? Side.Nothing : Side.Of(subject, table.Fixed[resource.Type], after: true);

                if (before.IsNothing && after.IsNothing)
                {
                    byUse += table.Usage.ContainsKey(resource.Type) ? 1 : 0;
                    free += table.Usage.ContainsKey(resource.Type) ? 0 : 1;
                }
                else
                {
                    lines.Add(new(resource.Address, resource.Type, before.Dollars, after.Dollars, after.Amounts, after.Problem ?? before.Problem));
                }
            }
        }

        return new(lines, byUse, free, unpriced, table.Units);
    }

    // A resource before or after the plan.
    private sealed record Side(decimal Dollars, IReadOnlyDictionary<string, Amount> Amounts, string? Problem)
    {
        public static Side Nothing { get; } = new(0, new Dictionary<string, Amount>(), null);

        public bool IsNothing => Dollars is 0 && Amounts.Count is 0 && Problem is null;

        public static Side Of(Subject subject, IReadOnlyList<Price> parts, bool after)
        {
            var (dollars, amounts) = (0m, new Dictionary<string, Amount>());

            try
            {
                foreach (var part in parts.Where(part => part.When.All(condition => Text(Value(subject, condition.Key, after)) == Text(condition.Value))))
                {
                    var quantity = Product(subject, part.Times, after);
                    var most = part.Most is null ? quantity : Product(subject, part.Most, after);
                    var kind = part.By is null ? "" : Text(Value(subject, part.By, after));
                    var price = quantity * part.HoursOrMonths * (part.Prices.TryGetValue(kind, out var one)
                        ? one
                        : throw new NoPriceException($"no price of {part.By} {(kind is "" ? "null" : kind)}"));

                    dollars += price;

                    if (quantity > 0 || most > 0)
                    {
                        amounts[part.What] = amounts.GetValueOrDefault(part.What) + new Amount(quantity, most, price);
                    }
                }
            }
            catch (NoPriceException unknown)
            {
                return new(dollars, amounts, unknown.Message);
            }

            return new(dollars, amounts, null);
        }

        private static decimal Product(Subject subject, IReadOnlyList<string> paths, bool after) =>
            paths.Aggregate(1m, (product, path) => product * Number(Value(subject, path, after)));

        // `a > b` is b of the resource that a refers to: the first one that has it.
        private static JsonNode? Value(Subject subject, string path, bool after)
        {
            if (path.Split(" > ") is not [var attribute, var of])
            {
                return Value(subject.Resource, path.Split('.'), after, path);
            }

            return subject.Referred(attribute.Split('.')[0])
                .FirstOrDefault(other => (other.After ?? other.Before)?[of.Split('.')[0]] is not null) is { } referred
                ? Value(referred, of.Split('.'), after, path)
                : throw new NoPriceException($"{path} is not in the plan");
        }

        private static JsonNode? Value(ResourceChange resource, string[] steps, bool after, string path) =>
            Value(after ? resource.After ?? resource.Before : resource.Before ?? resource.After, after ? resource.AfterUnknown : null, steps, path);

        private static JsonNode? Value(JsonNode? value, JsonNode? unknown, ReadOnlySpan<string> steps, string path)
        {
            if (unknown is JsonValue flag && flag.GetValueKind() is JsonValueKind.True)
            {
                throw new NoPriceException($"{path} is not known before the apply");
            }

            if (steps is [])
            {
                return value;
            }

            if (steps[0] is "*")
            {
                var (sum, known) = (0m, 0);

                for (var index = 0; index < ((value as JsonArray)?.Count ?? 0); index++)
                {
                    try
                    {
                        sum += Number(Value(value![index], At(unknown, $"{index}"), steps[1..], path));
                        known++;
                    }
                    catch (NoPriceException)
                    {
                        // What is left to an image or a default is small beside what is written down.
                    }
                }

                if (known is 0 && value is JsonArray { Count: > 0 })
                {
                    throw new NoPriceException($"{path} is not known before the apply");
                }

                return JsonValue.Create(sum);
            }

            return Value(At(value, steps[0]), At(unknown, steps[0]), steps[1..], path);
        }

        private static JsonNode? At(JsonNode? tree, string step) => tree switch
        {
            JsonObject members => members[step],
            JsonArray items when int.TryParse(step, out var index) && index < items.Count => items[index],
            _ => null,
        };

        private static decimal Number(JsonNode? value) => value switch
        {
            null => 0,
            JsonArray items => items.Count,
            _ when decimal.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new NoPriceException($"{value.ToJsonString()} is not a number"),
        };

        private static string Text(JsonNode? value) => value switch
        {
            null => "",
            JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(),
            _ => value.ToJsonString(),
        };
    }

    private sealed class NoPriceException(string message) : Exception(message);
}
