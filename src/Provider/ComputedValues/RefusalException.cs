namespace Causeway.Provider.ComputedValues;

/// <summary>The provider says no, as the real one would: Terraform shows it with the address and the place in the configuration.</summary>
/// <param name="summary">One line.</param>
/// <param name="detail">What to do.</param>
/// <param name="path">The argument it is about, by steps: a string is an attribute or a key, a number an index. Empty where it is about the whole.</param>
internal sealed class RefusalException(string summary, string detail = "", IReadOnlyList<object>? path = null) : Exception(summary)
{
    public string Detail { get; } = detail;

    public IReadOnlyList<object> Path { get; } = path ?? [];
}
