namespace Causeway.Harness.Local.Objects;

internal sealed class PodDisruptionBudget : IObjectKind
{
    public string Effect => "not played: nothing evicts pods here; `up` replaces them one by one";

    public bool HasEffect => false;
}
