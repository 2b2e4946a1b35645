using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Offline.Workload;

/// <summary>
/// Where a component that uses a kind of resource connects to, written by hand and not taken from the chart: the stand-in that the environment names, or
/// what <c>tests/Fixtures/reach/&lt;env.kind&gt;/&lt;kind&gt;.yaml</c> says.
/// </summary>
/// <param name="StandIn">Pods of the environment that stand in for the cloud's service, or null.</param>
/// <param name="PublicPorts">TCP ports at public addresses.</param>
/// <param name="Credentials">Whether requests are signed, so that the component asks for credentials.</param>
internal sealed record ResourceReach(JsonNode? StandIn, IReadOnlyList<int> PublicPorts, bool Credentials)
{
    /// <summary>Reads what <paramref name="kind"/> needs in the environment <paramref name="env"/>.</summary>
    /// <param name="folder"><c>tests/Fixtures/reach</c>.</param>
    /// <exception cref="FileNotFoundException">The kind has no file.</exception>
    public static ResourceReach Of(string folder, JsonNode env, string kind)
    {
        if (env["backends"]?[kind]?["standIn"] is { } standIn)
        {
            return new ResourceReach(standIn, [], Credentials: false);
        }

        var cloud = (string)env["kind"]!;
        var file = Path.Combine(folder, cloud, $"{kind}.yaml");

        if (!File.Exists(file))
        {
            throw new FileNotFoundException(
                $"tests/Fixtures/reach/{cloud}/{kind}.yaml is missing: say there where a component that uses {kind} connects to.", file);
        }

        var reach = Yaml.LoadFile(file);

        return new ResourceReach(null, [.. reach["receivers"]!.AsArray().Select(receiver => PublicPort(file, receiver!))], (bool)reach["credentials"]!);
    }

    private static int PublicPort(string file, JsonNode receiver) => (string?)receiver["at"] is "public"
        ? int.Parse(receiver["port"]!.ToString())
        : throw new InvalidDataException($"{file}: a receiver is at {receiver["at"]?.ToJsonString()}; public is what is known.");
}
