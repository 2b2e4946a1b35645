namespace Causeway.Harness.Local.Objects;

internal sealed class ConfigMap : IObjectKind
{
    public string Effect => "played with the pods that use it";
}
