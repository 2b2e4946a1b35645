using Causeway.Provider.Values;

namespace Causeway.Provider.Traits;

/// <summary>
/// When a trait holds: <c>argument</c> (it is set, and neither false nor empty), <c>argument=value</c>, <c>argument!=value</c> (it is set to another value).
/// </summary>
internal static class Condition
{
    public static bool Holds(string condition, Value values) => condition.Split('=') switch
    {
        [var argument, var wanted] when argument.EndsWith('!') => IsSet(values[argument[..^1]]) && values[argument[..^1]].AsText != wanted,
        [var argument, var wanted] => values[argument].AsText == wanted,
        _ => IsSet(values[condition]),
    };

    private static bool IsSet(Value value) =>
        value is not (Value.NullValue or Value.UnknownValue or Value.Text { Content: "" } or Value.Sequence { Contents.Count: 0 }) && value.AsBool is not false;
}
