namespace Causeway.Harness.Local.Objects;

internal sealed class PersistentVolumeClaim : IObjectKind
{
    public string Effect => "played as a volume of podman, removed by `down`";
}
