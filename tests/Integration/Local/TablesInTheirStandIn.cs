using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Resources;
using Causeway.Integration.Containers;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Causeway.Integration.Local;

/// <summary>Tables are made, looked at and emptied in a DynamoDB Local of the test's own.</summary>
public sealed class TablesInTheirStandIn(RunningPlatform running) : IAsyncLifetime
{
    private const int Port = 8000;

    private ContainerHost host = null!;
    private IContainer database = null!;
    private Tables tables = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Dictionary<string, JsonObject> Wanted(string partition = "id") => new()
    {
        ["test-shop-parts"] = Yaml.Load($"{{ key: {{ partition: {partition} }}, indexes: {{ by-kind: {{ partition: kind, sort: name }} }}, ttl: expires }}")[0]
            .AsObject(),
        ["test-shop-bins"] = Yaml.Load("{ key: { partition: id, sort: row } }")[0].AsObject(),
    };

    public async ValueTask InitializeAsync()
    {
        host = await ContainerHost.StartAsync(running.Repository, running.Platform.Instance, Stop);
        database = (await host.OfAsync("dynamodb-local", Stop))
            .WithCommand("-sharedDb", "-inMemory", "-port", $"{Port}")
            .WithPortBinding(Port, assignRandomHostPort: true)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilExternalTcpPortIsAvailable(Port))
            .Build();
        await database.StartAsync(Stop);
        tables = new Tables(new StandIn("127.0.0.1", database.GetMappedPublicPort(Port), "eu-central-1"));
    }

    public async ValueTask DisposeAsync()
    {
        tables.Dispose();
        await database.DisposeAsync();
        await host.DisposeAsync();
    }

    private Task PutAsync(string id) =>
        tables.Client.PutItemAsync(new PutItemRequest("test-shop-parts", new Dictionary<string, AttributeValue> { ["id"] = new(id) }), Stop);

    [Fact]
    public async Task They_are_made_once_counted_and_emptied()
    {
        Assert.Equal(2, await tables.EnsureAsync(Wanted(), Stop));
        Assert.Equal(0, await tables.EnsureAsync(Wanted(), Stop));
        await PutAsync("nut");
        await PutAsync("bolt");

        var counts = await tables.InspectAsync([.. Wanted().Keys, "test-shop-nowhere"], Stop);
        await tables.ResetAsync(Wanted(), Stop);
        var empty = await tables.InspectAsync(Wanted().Keys, Stop);
        var described = (await tables.Client.DescribeTableAsync("test-shop-parts", Stop)).Table;

        Assert.Equal(new Dictionary<string, long> { ["test-shop-parts"] = 2, ["test-shop-bins"] = 0 }, counts);
        Assert.Equal(new Dictionary<string, long> { ["test-shop-parts"] = 0, ["test-shop-bins"] = 0 }, empty);
        Assert.Equal("by-kind", Assert.Single(described.GlobalSecondaryIndexes).IndexName);
    }

    [Fact]
    public async Task Another_key_is_refused_with_a_way_out()
    {
        await tables.EnsureAsync(Wanted(), Stop);

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => tables.EnsureAsync(Wanted("other"), Stop));

        Assert.Contains("test-shop-parts exists with key(id)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("down", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_a_killed_test_left_is_removed_by_down()
    {
        var instance = new Instance("left");
        await using var other = await ContainerHost.StartAsync(running.Repository, instance, Stop);
        var left = (await other.OfAsync("dynamodb-local", Stop)).Build(); // never disposed
        await left.StartAsync(Stop);

        var removed = await new LocalPlatform(running.Repository, new PlatformOptions(instance), new Silent()).DownAsync(Stop);

        Assert.Contains("1 container", removed);
        Assert.Equal(
            "", await new Podman(running.Repository, instance).RunAsync(Stop, "ps", "--all", "--quiet", "--filter", $"label={Instance.Label}={instance.Name}"));
    }
}
