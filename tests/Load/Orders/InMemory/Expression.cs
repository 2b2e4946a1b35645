using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.LoadScenarios.Orders.InMemory;

/// <summary>Names and values that an expression refers to: <c>ExpressionAttributeNames</c> and <c>ExpressionAttributeValues</c> of a call.</summary>
internal readonly record struct Placeholders(JsonObject? Names, JsonObject? Values)
{
    public static Placeholders Of(JsonObject call) => new(call["ExpressionAttributeNames"] as JsonObject, call["ExpressionAttributeValues"] as JsonObject);

    /// <summary>What a word of an expression stands for in an item: an attribute's value, or a given one; null where the item has none.</summary>
    public JsonNode? Resolve(string word, JsonObject item) => word[0] is ':'
        ? Values?[word] ?? throw new NotSupportedException($"{word} has no value.")
        : item[NameOf(word)];

    /// <summary>The attribute that a word names.</summary>
    public string NameOf(string word) => word[0] is '#' ? (string?)Names?[word] ?? throw new NotSupportedException($"{word} has no name.") : word;
}

/// <summary>
/// Condition and update expressions of DynamoDB
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html), as far as the orders services use them. What is
/// not understood throws: it never counts as true.
/// </summary>
internal static partial class Expression
{
    /// <summary>Whether a condition holds for an item; one that does not exist has no attributes.</summary>
    public static bool Holds(string? condition, JsonObject item, Placeholders given)
    {
        if (condition is null)
        {
            return true;
        }

        var words = new Words(condition);
        var holds = Or(words, item, given);

        return words.AtEnd ? holds : throw new NotSupportedException($"{condition}: {words.Next} is not understood.");
    }

    /// <summary>Changes an item. Operands are those of before: <c>SET a = b, b = a</c> swaps.</summary>
    public static void Update(string expression, JsonObject item, Placeholders given)
    {
        var words = new Words(expression);
        var before = item.DeepClone().AsObject();

        while (!words.AtEnd)
        {
            switch (words.Take())
            {
                case "SET":
                    Each(words, () => Set(words, before, item, given));
                    break;

                case "REMOVE":
                    Each(words, () => item.Remove(given.NameOf(words.Take())));
                    break;

                case "ADD":
                    Each(words, () => Add(words, before, item, given));
                    break;

                case var other:
                    throw new NotSupportedException($"{expression}: {other} is not understood.");
            }
        }
    }

    /// <summary>A number as DynamoDB prints it.</summary>
    public static JsonObject Number(decimal number) => new() { ["N"] = number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Orders two values of a kind; null where they are of two.</summary>
    public static int? Compare(JsonNode left, JsonNode right) =>
        left["N"] is { } number && right["N"] is { } other ? Decimal(number).CompareTo(Decimal(other))
        : left["S"] is { } text && right["S"] is { } otherText ? string.CompareOrdinal((string)text!, (string)otherText!)
        : null;

    private static bool Or(Words words, JsonObject item, Placeholders given)
    {
        var holds = And(words, item, given);

        while (words.TryTake("OR"))
        {
            holds |= And(words, item, given);
        }

        return holds;
    }

    private static bool And(Words words, JsonObject item, Placeholders given)
    {
        var holds = Term(words, item, given);

        while (words.TryTake("AND"))
        {
            holds &= Term(words, item, given);
        }

        return holds;
    }

    private static bool Term(Words words, JsonObject item, Placeholders given)
    {
        if (words.TryTake("("))
        {
            var inner = Or(words, item, given);
            words.Expect(")");

            return inner;
        }

        var word = words.Take();

        if (word is "attribute_not_exists" or "attribute_exists" or "begins_with")
        {
            return Function(word, words, item, given);
        }

        var (sign, left, right) = (words.Take(), given.Resolve(word, item), given.Resolve(words.Take(), item));
        var order = left is null || right is null ? null : Compare(left, right);

        return sign switch
        {
            "=" => order is 0,
            "<>" => order is not 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => throw new NotSupportedException($"The comparison {sign} is not understood."),
        };
    }

    private static bool Function(string name, Words words, JsonObject item, Placeholders given)
    {
        words.Expect("(");
        var subject = given.Resolve(words.Take(), item);
        var beginning = name is "begins_with" && words.TryTake(",") ? (string?)given.Resolve(words.Take(), item)?["S"] : null;
        words.Expect(")");

        return name switch
        {
            "attribute_not_exists" => subject is null,
            "attribute_exists" => subject is not null,
            _ => beginning is not null && (string?)subject?["S"] is { } text && text.StartsWith(beginning, StringComparison.Ordinal),
        };
    }

    private static void Set(Words words, JsonObject before, JsonObject item, Placeholders given)
    {
        var name = given.NameOf(words.Take());
        words.Expect("=");
        var value = Operand(words, before, given);

        while (words.TryTake("+", "-") is { } sign)
        {
            var (left, right) = (Decimal(value["N"]!), Decimal(Operand(words, before, given)["N"]!));
            value = Number(sign is "+" ? left + right : left - right);
        }

        item[name] = value.DeepClone();
    }

    private static JsonNode Operand(Words words, JsonObject before, Placeholders given) =>
        words.Take() is var word && given.Resolve(word, before) is { } value ? value : throw new NotSupportedException($"The item has no {word}.");

    private static void Add(Words words, JsonObject before, JsonObject item, Placeholders given)
    {
        var name = given.NameOf(words.Take());
        var increment = Decimal(given.Resolve(words.Take(), before)!["N"]!);
        item[name] = Number((before[name] is { } now ? Decimal(now["N"]!) : 0) + increment);
    }

    private static void Each(Words words, Action one)
    {
        do
        {
            one();
        }
        while (words.TryTake(","));
    }

    private static decimal Decimal(JsonNode number) => decimal.Parse((string)number!, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex("[#:]?[A-Za-z_][A-Za-z0-9_.-]*|<>|<=|>=|[-+=<>(),]")]
    private static partial Regex Word();

    private sealed class Words(string expression)
    {
        private readonly string[] words = [.. Word().Matches(expression).Select(match => match.Value)];
        private int at;

        public bool AtEnd => at == words.Length;

        public string Next => AtEnd ? "its end" : words[at];

        public string Take() => AtEnd ? throw new NotSupportedException($"{expression}: it ends too early.") : words[at++];

        public bool TryTake(string word) => TryTake([word]) is not null;

        public string? TryTake(params ReadOnlySpan<string> any) => !AtEnd && any.Contains(words[at]) ? words[at++] : null;

        public void Expect(string word)
        {
            if (!TryTake(word))
            {
                throw new NotSupportedException($"{expression}: {word} is missing before {Next}.");
            }
        }
    }
}
