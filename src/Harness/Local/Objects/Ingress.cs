namespace Causeway.Harness.Local.Objects;

internal sealed class Ingress : IObjectKind
{
    public string Effect => "played as routes of the edge";
}
