using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Offline;

/// <summary>A workload in an environment: contract, facts and release as one tree.</summary>
/// <param name="Name"><c>&lt;environment&gt;/&lt;workload&gt;</c>.</param>
public sealed record ValueSet(string Name, JsonObject Values)
{
    public string Workload => Name.Split('/')[1];

    /// <summary>
    /// What is really there, <c>local/*</c> and <c>dev/*</c>; the same orders in a cloud; <c>catalog</c>, which uses every field of a contract; and
    /// <c>clock</c>, which uses none that it can do without.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = ["local/orders", "dev/orders", "prod/orders", "prod/catalog", "prod/clock"];

    /// <summary>
    /// Reads a set anew, so that a test may change it. The release of an environment of kind <c>local</c> pins nothing; as the local runtime
    /// does with the images it built, every component is pinned here, to a digest of zeros.
    /// </summary>
    public static ValueSet Load(Harness.Repository checkout, string name)
    {
        var (environment, workload) = name.Split('/') switch
        {
            [var first, var second] => (first, second),
            _ => throw new ArgumentException($"{name} is not <environment>/<workload>.", nameof(name)),
        };
        var fixtures = checkout.PathTo("tests", "Fixtures", "valid");
        var service = FirstThatExists(checkout.PathTo("services", workload), Path.Combine(fixtures, "services", workload));
        var place = FirstThatExists(checkout.PathTo("terraform", "envs", environment), Path.Combine(fixtures, "envs", environment));
        var values = new JsonObject();

        foreach (var file in new[]
        {
            Path.Combine(service, "workload.yaml"),
            Path.Combine(place, "env.yaml"),
            Path.Combine(place, "releases", $"{workload}.yaml"),
        })
        {
            foreach (var (key, value) in Yaml.LoadFile(file))
            {
                values.Add(key, value!.DeepClone());
            }
        }

        if ((string?)values["env"]!["kind"] == "local")
        {
            var components = values["workload"]!["components"]!.AsObject();
            var digest = "sha256:" + new string('0', 64);
            var images = new JsonObject(components.Select(component => KeyValuePair.Create(component.Key, (JsonNode?)digest)));
            values["release"]!["pins"] = new JsonObject { ["images"] = images };
        }

        return new ValueSet(name, values);
    }

    private static string FirstThatExists(params string[] folders) => folders.First(Directory.Exists);
}
