using System.Globalization;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs;

/// <summary>
/// A container of a pod, made of a container definition. Its fields:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definitions
/// </summary>
/// <param name="place">Where it is defined, for messages.</param>
internal sealed class ContainerDefinition(JsonNode definition, string place)
{
    private const string File = nameof(ContainerDefinition);

    private const string NoNewPrivileges = "no-new-privileges";

    private static readonly Fields Known = new(
        File,
        "name", "image", "entryPoint", "command", "user", "environment", "portMappings", "cpu", "memory", "memoryReservation", "privileged",
        "readonlyRootFilesystem", "dockerSecurityOptions", "linuxParameters", "mountPoints", "stopTimeout")
    {
        Only = new Dictionary<string, string> { ["essential"] = "true" },
        WithoutEffect = new Dictionary<string, string>
        {
            ["healthCheck"] = "podman's health checks need systemd timers, and the images have no program to run",
            ["logConfiguration"] = "logs stay with podman",
        },
    };

    private static readonly Fields Port = new(File, "name", "containerPort")
    {
        Only = new Dictionary<string, string> { ["protocol"] = "tcp" },
        WithoutEffect = new Dictionary<string, string>
        {
            ["hostPort"] = "every pod has an address of its own",
            ["appProtocol"] = "no proxy stands between caller and service",
        },
    };

    private static readonly Fields Linux = new(File, "capabilities", "tmpfs")
    {
        WithoutEffect = new Dictionary<string, string> { ["initProcessEnabled"] = "the program itself is process 1" },
    };

    private static readonly Fields Capabilities = new(File, "add", "drop");

    private static readonly Fields Tmpfs = new(File, "containerPath", "size")
    {
        WithoutEffect = new Dictionary<string, string> { ["mountOptions"] = "podman makes the folder, on disk" },
    };

    private static readonly Fields Mount = new(File, "sourceVolume", "containerPath", "readOnly");

    private static readonly Fields Variable = new(File, "name", "value");

    public string Name => (string)definition["name"]!;

    /// <summary>Seconds between SIGTERM and SIGKILL; 30 where it says nothing, as ECS's agent has it.</summary>
    public int StopSeconds => (int?)definition["stopTimeout"] ?? 30;

    /// <summary>Number of the port that a mapping names.</summary>
    /// <exception cref="PlatformException">There is no such mapping.</exception>
    public int PortOf(string name) =>
        (int?)Items("portMappings").SingleOrDefault(port => (string?)port["name"] == name)?["containerPort"]
            ?? throw new PlatformException($"{place} has no port mapping named {name}.", "Name it in portMappings, or correct service_connect_configuration.");

    /// <summary>The first port it listens at; null where it has none.</summary>
    public int? FirstPort => (int?)Items("portMappings").FirstOrDefault()?["containerPort"];

    /// <summary>What has no effect here, a line each.</summary>
    /// <exception cref="PlatformException">A field is set that is not known here.</exception>
    public IEnumerable<string> Check() =>
    [
        .. Known.Check(definition, place),
        .. Items("portMappings").SelectMany(port => Port.Check(port, $"{place}: portMappings")),
        .. Items("environment").SelectMany(variable => Variable.Check(variable, $"{place}: environment")),
        .. Items("mountPoints").SelectMany(mount => Mount.Check(mount, $"{place}: mountPoints")),
        .. definition["linuxParameters"] is { } linux ? Linux.Check(linux, $"{place}: linuxParameters") : [],
        .. definition["linuxParameters"]?["capabilities"] is { } capabilities ? Capabilities.Check(capabilities, $"{place}: capabilities") : [],
        .. Scratch().SelectMany(folder => Tmpfs.Check(folder, $"{place}: tmpfs")),
    ];

    /// <summary>The container, without a probe.</summary>
    public JsonObject ToContainer(GivenVariables given)
    {
        var container = new JsonObject
        {
            ["name"] = Name,
            ["image"] = (string)definition["image"]!,
            ["imagePullPolicy"] = "IfNotPresent",
            ["env"] = new JsonArray([.. Environment(given).Select(variable => new JsonObject { ["name"] = variable.Name, ["value"] = variable.Value })]),
            ["ports"] = new JsonArray([.. Items("portMappings").Select(port => Without(new()
            {
                ["name"] = port["name"]?.DeepClone(),
                ["containerPort"] = port["containerPort"]!.DeepClone(),
            }))]),
            ["resources"] = Resources(),
            ["securityContext"] = SecurityContext(),
            ["volumeMounts"] = new JsonArray([.. VolumeMounts()]),
            ["command"] = definition["entryPoint"]?.DeepClone(),
            ["args"] = definition["command"]?.DeepClone(),
        };

        return Without(container);
    }

    /// <summary>Volumes of its pod that stand for its folders in memory.</summary>
    public IEnumerable<JsonObject> Volumes() => Scratch().Select((folder, at) => new JsonObject
    {
        ["name"] = ScratchName(at),
        ["emptyDir"] = new JsonObject { ["medium"] = "Memory", ["sizeLimit"] = $"{folder["size"]}Mi" },
    });

    private IEnumerable<(string Name, string Value)> Environment(GivenVariables given)
    {
        (string Name, string Value)[] own = [.. Items("environment").Select(variable => ((string)variable["name"]!, (string)variable["value"]!))];

        return own.Concat(given.AddTo(Name, own.Select(variable => variable.Name).ToHashSet()).Select(added => (added.Name, added.Value)));
    }

    // ECS counts 1024 to a processor, shares of it that are not a limit.
    private JsonObject Resources()
    {
        var requests = Without(new()
        {
            ["cpu"] = (int?)definition["cpu"] is > 0 and var cpu ? $"{(cpu * 1000 / 1024).ToString(CultureInfo.InvariantCulture)}m" : null,
            ["memory"] = Mebibytes("memoryReservation"),
        });

        return Without(new()
        {
            ["requests"] = requests.Count == 0 ? null : requests,
            ["limits"] = Mebibytes("memory") is { } memory ? new JsonObject { ["memory"] = memory } : null,
        });
    }

    private string? Mebibytes(string field) => (int?)definition[field] is { } size ? $"{size.ToString(CultureInfo.InvariantCulture)}Mi" : null;

    private JsonObject SecurityContext()
    {
        long?[] ids = [.. ((string?)definition["user"] ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Id)];

        return Without(new()
        {
            ["runAsUser"] = ids.ElementAtOrDefault(0),
            ["runAsGroup"] = ids.ElementAtOrDefault(1),
            ["privileged"] = definition["privileged"]?.DeepClone(),
            ["readOnlyRootFilesystem"] = definition["readonlyRootFilesystem"]?.DeepClone(),
            ["allowPrivilegeEscalation"] = AllowsEscalation(),
            ["capabilities"] = definition["linuxParameters"]?["capabilities"]?.DeepClone(),
        });
    }

    private bool? AllowsEscalation()
    {
        string?[] options = [.. Items("dockerSecurityOptions").Select(option => (string?)option)];

        return options.FirstOrDefault(option => option is not NoNewPrivileges) is { } unknown
            ? throw new PlatformException($"{place}: dockerSecurityOptions has {unknown}, which is not known here.", $"Write {NoNewPrivileges} alone.")
            : options is [] ? null : false;
    }

    private long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new PlatformException($"{place}: user is {definition["user"]}.", "Write the number of a user, or of a user and a group: `10001:10001`.");

    private IEnumerable<JsonNode> VolumeMounts() =>
    [
        .. Items("mountPoints").Select(mount => Without(new()
        {
            ["name"] = (string)mount["sourceVolume"]!,
            ["mountPath"] = (string)mount["containerPath"]!,
            ["readOnly"] = mount["readOnly"]?.DeepClone(),
        })),
        .. Scratch().Select((folder, at) => new JsonObject { ["name"] = ScratchName(at), ["mountPath"] = (string)folder["containerPath"]! }),
    ];

    private JsonNode[] Scratch() => [.. (definition["linuxParameters"]?["tmpfs"] as JsonArray ?? []).OfType<JsonNode>()];

    private string ScratchName(int at) => $"{Name}-tmpfs-{at}";

    private JsonNode[] Items(string field) => [.. (definition[field] as JsonArray ?? []).OfType<JsonNode>()];

    private static JsonObject Without(JsonObject o)
    {
        foreach (var name in o.Where(field => field.Value is null).Select(field => field.Key).ToArray())
        {
            o.Remove(name);
        }

        return o;
    }
}
