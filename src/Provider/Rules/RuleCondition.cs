using Causeway.Provider.Values;

namespace Causeway.Provider.Rules;

/// <summary>
/// When a rule applies: <c>argument</c> (set, and neither false nor empty), <c>!argument</c> (not so), <c>argument=a|b</c> (set to one of these values),
/// <c>argument!=a|b</c> (set to another value, or not at all). A condition about a value that is not known yet does not hold.
/// </summary>
internal static class RuleCondition
{
    /// <summary>The argument that a condition is about.</summary>
    public static string ArgumentOf(string condition) => condition.Split('=')[0].Trim('!');

    public static bool Holds(string condition, RuleSubject subject)
    {
        if (condition.Split('=', 2) is [var argument, var wanted])
        {
            var isNegated = argument.EndsWith('!');
            var value = subject.Effective(isNegated ? argument[..^1] : argument);
            string[] values = wanted.Split('|');

            return !value.IsUnknown && values.Contains(RuleSubject.AsText(value)) != isNegated;
        }

        return condition.StartsWith('!') ? subject.IsOn(condition[1..]) is false : subject.IsOn(condition) is true;
    }
}
