using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Offline;

/// <summary>A workload in an environment: contract, facts and release as one tree.</summary>
/// <param name="Name"><c>&lt;environment&gt;/&lt;workload&gt;</c>.</param>
public sealed record ValueSet(string Name, JsonObject Values)
{
    public string Workload => Name.Split('/')[1];

    public string Environment => Name.Split('/')[0];

    /// <summary>
    /// Every release that the workload chart renders: of the repository's environments, and of those in <c>tests/Fixtures/valid</c>, whose environment
    /// <c>sample</c> runs <c>catalog</c>, which has every field of a contract, and <c>clock</c>, which has only those that it must have.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = Discover(Harness.Repository.Find());

    /// <summary>The releases below <paramref name="checkout"/>, in order. Those with the runtime <c>ecs</c> are Terraform's.</summary>
    /// <exception cref="InvalidDataException">A fixture has the name of an environment of the repository, so that <c>environment/workload</c> names two
    /// releases.</exception>
    public static IReadOnlyList<string> Discover(Harness.Repository checkout)
    {
        string[] files = [
            .. EnvironmentFolders(checkout)
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
        ];
        string[] releases = [.. files.Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "releases")];
        string[] names = [.. from file in releases
                             where (string?)Yaml.LoadFile(file)["release"]?["runtime"] is not "ecs"
                             select $"{Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))}/{Path.GetFileNameWithoutExtension(file)}"];

        return names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidDataException($"{twice.Key} is in terraform/envs and in tests/Fixtures/valid/envs: rename the fixture's environment.")
            : [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Reads a set again, so that a test may change it. The release of an environment of kind <c>local</c> pins nothing; as the local runtime
    /// does with the images it built, every component is pinned here, to a digest of zeros.
    /// </summary>
    public static ValueSet Load(Harness.Repository checkout, string name)
    {
        var (environment, workload) = name.Split('/') switch
        {
            [var first, var second] => (first, second),
            _ => throw new ArgumentException($"{name} is not <environment>/<workload>.", nameof(name)),
        };
        var service = FirstThatExists(checkout.PathTo("services", workload), checkout.PathTo("tests", "Fixtures", "valid", "services", workload));
        var place = FirstThatExists([.. EnvironmentFolders(checkout).Select(folder => Path.Combine(folder, environment))]);
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

    private static string[] EnvironmentFolders(Harness.Repository checkout) =>
        [checkout.PathTo("terraform", "envs"), checkout.PathTo("tests", "Fixtures", "valid", "envs")];

    private static string FirstThatExists(params string[] folders) => folders.First(Directory.Exists);
}
