namespace Causeway.Harness.Local.Objects;

internal sealed class Service : IObjectKind
{
    public string Effect => "played as names in the network's DNS, which lists every running pod, ready or not";
}
