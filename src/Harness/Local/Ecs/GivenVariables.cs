using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Local.Ecs;

/// <summary>An environment variable that is added to a container.</summary>
internal sealed record GivenVariable(string Container, string Name, string Value, string Why);

/// <summary>
/// Environment variables for what AWS gives to a container and no task definition says: on this machine stand-ins do. Their values are those that the chart
/// gives to the same component in the environment <c>local</c>. This is all that is added to what Terraform plans.
/// </summary>
/// <param name="objects">What Helm rendered of the workload for this machine.</param>
internal sealed partial class GivenVariables(string workload, RenderedObjects objects)
{
    private static readonly (Regex Name, string Why)[] Known =
    [
        (Endpoint(), "AWS's services answer at addresses that its SDK knows, stand-ins do not"),
        (Credentials(), "ECS's agent hands out the task role's"),
        (Collector(), "the cluster's collector of telemetry"),
    ];

    private readonly List<GivenVariable> added = [];

    /// <summary>What was added so far.</summary>
    public IReadOnlyList<GivenVariable> Added => added;

    /// <summary>What to add to a container.</summary>
    /// <param name="environment">Names that its definition has: those stay as they are.</param>
    public IReadOnlyList<GivenVariable> AddTo(string container, IReadOnlySet<string> environment)
    {
        GivenVariable[] given =
        [
            .. from setting in objects.Find("ConfigMap", workload, container)?["data"]?.AsObject() ?? []
               where !environment.Contains(setting.Key)
               from known in Known
               where known.Name.IsMatch(setting.Key)
               select new GivenVariable(container, setting.Key, (string)setting.Value!, known.Why),
        ];
        added.AddRange(given);

        return given;
    }

    [GeneratedRegex("^AWS_ENDPOINT_URL_[A-Z0-9_]+$")]
    private static partial Regex Endpoint();

    [GeneratedRegex("^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY)$")]
    private static partial Regex Credentials();

    [GeneratedRegex("^OTEL_EXPORTER_OTLP_(METRICS|TRACES|LOGS)_ENDPOINT$")]
    private static partial Regex Collector();
}
