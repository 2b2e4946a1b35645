namespace Causeway.Harness.Local.Objects;

internal sealed class ServiceAccount : IObjectKind
{
    public string Effect => "not played: pods have no API server to talk to";

    public bool HasEffect => false;
}
