using Causeway.Harness;
using Causeway.Harness.Contract;

namespace Causeway.Offline.Contract;

/// <summary>Every value of a release is found where it is written, and what a release replaces is said.</summary>
public sealed class ValueSourceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("values-");

    public ValueSourceTests()
    {
        Write("services/shop/workload.yaml", """
            workload:
              owner: team
              components:
                till:
                  port: 8080
                  scaling: { min: 2, max: 6 }
                desk:
                  scaling: { min: 1, max: 1 }
              resources: { lists: { a: [{ key: x, sort: y }, 1] } }
            """);
        Write("terraform/envs/stage/env.yaml", "env:\n  region: r1\n  none: {}\n");
        Write("terraform/envs/stage/releases/shop.yaml", """
            release:
              runtime: eks
              overrides:
                components:
                  till: { scaling: { min: 4 } }
            """);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("env.region", "env.region at terraform/envs/stage/env.yaml:2 is r1")]
    [InlineData("env.none", "env.none at terraform/envs/stage/env.yaml:3 is {}")]
    [InlineData("owner", "workload.owner at services/shop/workload.yaml:2 is team")]
    [InlineData("till.port", "workload.components.till.port at services/shop/workload.yaml:5 is 8080")]
    [InlineData("components.till.port", "workload.components.till.port at services/shop/workload.yaml:5 is 8080")]
    [InlineData("resources", "workload.resources.lists.a at services/shop/workload.yaml:9 is [{ key: x, sort: y }, 1]")]
    [InlineData(
        "till.scaling",
        "workload.components.till.scaling.min at services/shop/workload.yaml:6 is 2, replaced by terraform/envs/stage/releases/shop.yaml:5",
        "workload.components.till.scaling.max at services/shop/workload.yaml:6 is 6, replaced by terraform/envs/stage/releases/shop.yaml:5",
        "release.overrides.components.till.scaling.min at terraform/envs/stage/releases/shop.yaml:5 is 4")]
    [InlineData("desk.scaling.max", "workload.components.desk.scaling.max at services/shop/workload.yaml:8 is 1")]
    public void A_key_is_found_where_it_is_written(string key, params string[] found) => Assert.Equal(found, Sources().Of(key).Select(Text));

    [Fact]
    public void Without_a_key_everything_is_shown() => Assert.Equal(11, Sources().Of(null).Count);

    [Theory]
    [InlineData("till.prot", "Nothing of stage/shop has the key till.prot. Below workload.components.till there is port, scaling.")]
    [InlineData("env.regio", "Nothing of stage/shop has the key env.regio. Below env there is region, none.")]
    [InlineData("nothing", "Nothing of stage/shop has the key nothing. A key begins with workload, env, release.")]
    public void A_key_that_is_not_there_is_refused_with_those_that_are(string key, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Sources().Of(key)) is var refused ? $"{refused.Message} {refused.Remedy}" : "");

    [Theory]
    [InlineData("stag", "shop", "There is no environment stag. Name one of stage.")]
    [InlineData("stage", "shops", "There is no release shops. Name one of shop.")]
    public void An_unknown_release_is_refused_with_those_that_are_known(string environment, string workload, string message)
    {
        var refused = Assert.Throws<UsageException>(() => new ValueSources(new Harness.Repository(folder.FullName), environment, workload));

        Assert.Equal(message, $"{refused.Message} {refused.Remedy}");
    }

    private static string Text(ValueSource value) =>
        $"{value.Key} at {value.Place} is {value.Value}{(value.ReplacedBy is { } by ? $", replaced by {by}" : "")}";

    private ValueSources Sources() => new(new Harness.Repository(folder.FullName), "stage", "shop");

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
