namespace Causeway.Harness.Local.Objects;

internal sealed class NetworkPolicy : IObjectKind
{
    public string Effect => "not enforced: the offline tests prove who may reach whom";

    public bool HasEffect => false;
}
