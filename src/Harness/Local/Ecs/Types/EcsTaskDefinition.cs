namespace Causeway.Harness.Local.Ecs.Types;

internal sealed class EcsTaskDefinition : IPlannedType
{
    private const string File = $"Types/{nameof(EcsTaskDefinition)}";

    private static readonly Fields Known = new(File, "container_definitions", "volume")
    {
        Identity = ["arn", "arn_without_revision", "family", "id", "region", "revision", "tags", "tags_all"],
        WithoutEffect = new Dictionary<string, string>
        {
            ["network_mode"] = "every pod has an address of its own",
            ["requires_compatibilities"] = "podman runs the containers",
            ["runtime_platform"] = "the images are this machine's",
            ["task_role_arn"] = "stand-ins take any credentials",
            ["execution_role_arn"] = "the images are here already, and logs stay with podman",
        },
    };

    private static readonly Fields Volume = new(File, "name", "docker_volume_configuration");

    private static readonly Fields DockerVolume = new(File)
    {
        Only = new Dictionary<string, string> { ["scope"] = "task", ["driver"] = "local" },
    };

    public string Type => "aws_ecs_task_definition";

    public string Effect => "played as the pod template of its service";

    public IEnumerable<string> Check(PlannedResource task) =>
    [
        .. Known.Check(task.Values, task.Address),
        .. task.Blocks("volume").SelectMany(volume => Volume.Check(volume, $"{task.Address}: volume")),
        .. task.Blocks("volume").SelectMany(volume => volume["docker_volume_configuration"]!.AsArray())
            .SelectMany(docker => DockerVolume.Check(docker!, $"{task.Address}: docker_volume_configuration")),
        .. Containers(task).SelectMany(container => container.Check()),
    ];

    /// <summary>The containers that a task definition describes.</summary>
    public static IReadOnlyList<ContainerDefinition> Containers(PlannedResource task) =>
        [.. PlannedResources.ContainersOf(task).Select(definition => new ContainerDefinition(definition!, $"{task.Address}: container {definition!["name"]}"))];
}
