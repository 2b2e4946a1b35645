using System.Text;
using Causeway.Provider.Cloud;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>The simulated cloud's file: safe between writers, and whole after a crash.</summary>
public sealed class SimulatedCloudTests(Workbench workbench)
{
    private readonly string path = Path.Combine(workbench.Scratch.FullName, $"cloud-{Guid.NewGuid():N}", "cloud.jsonl");

    [Fact]
    public async Task Four_writers_at_once_lose_nothing()
    {
        const int Writers = 4;
        const int Changes = 200;
        var seen = new int[Writers];

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () =>
            {
                using var cloud = new SimulatedCloud(path);

                for (var change = 0; change < Changes; change++)
                {
                    var key = $"{writer}-{change}";
                    cloud.Change(resources =>
                    {
                        // Each writer counts up what it finds: two that looked at once would find the same number.
                        var number = resources.Count;

                        return (Thing(key, $"{number}"), null);
                    });
                    seen[writer] = cloud.Resources().Count;
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        using var after = new SimulatedCloud(path);
        var resources = after.Resources();
        Assert.Equal(Writers * Changes, resources.Count);
        Assert.Equal(Enumerable.Range(0, Writers * Changes), resources.Select(resource => int.Parse(resource.Values["name"].AsText!)).Order());
        Assert.Equal(Writers * Changes, seen.Max());
        Assert.Equal(Writers * Changes, (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Length);
    }

    [Theory]
    [InlineData("""{"put":"torn","provider":"p","type":"t","acc""")]
    [InlineData("{")]
    [InlineData("\0\0\0\0")]
    public void A_line_that_a_crash_cut_short_never_happened(string torn)
    {
        using (var before = new SimulatedCloud(path))
        {
            before.Change(_ => (Thing("1", "one"), null));
            before.Change(_ => (Thing("2", "two"), null));
        }

        File.AppendAllText(path, torn);

        using var after = new SimulatedCloud(path);
        Assert.Equal(["1", "2"], after.Resources().Select(resource => resource.Key).Order());
        after.Change(_ => (Thing("3", "three"), null));

        using var later = new SimulatedCloud(path);
        Assert.Equal(["1", "2", "3"], later.Resources().Select(resource => resource.Key).Order());
        Assert.Equal(3, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void A_line_cut_short_anywhere_leaves_the_lines_before_it()
    {
        using (var before = new SimulatedCloud(path))
        {
            before.Change(_ => (Thing("1", "one"), null));
            before.Change(_ => (Thing("2", "ä€😀"), null));
        }

        var whole = File.ReadAllBytes(path);
        var first = Array.IndexOf(whole, (byte)'\n') + 1;

        for (var length = first; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using var cloud = new SimulatedCloud(path);
            Assert.Equal(["1"], cloud.Resources().Select(resource => resource.Key));
        }
    }

    [Fact]
    public void A_line_that_is_none_is_refused_with_its_number()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var before = new SimulatedCloud(path))
        {
            before.Change(_ => (Thing("1", "one"), null));
        }

        File.AppendAllText(path, "no json\n");
        using var cloud = new SimulatedCloud(path);

        var refusal = Assert.Throws<RefusalException>(cloud.Resources);
        Assert.Contains("line 2", refusal.Detail, StringComparison.Ordinal);
        Assert.Contains(path, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_deleted_is_gone_for_everybody()
    {
        using var one = new SimulatedCloud(path);
        using var other = new SimulatedCloud(path);
        one.Change(_ => (Thing("1", "one"), null));
        Assert.Single(other.Resources());

        other.Change(_ => (null, "1"));

        Assert.Empty(one.Resources());
        Assert.Empty(other.Resources());

        // Nothing to delete: nothing is written.
        var length = new FileInfo(path).Length;
        one.Change(_ => (null, "1"));
        Assert.Equal(length, new FileInfo(path).Length);
    }

    [Fact]
    public void A_change_that_is_refused_writes_nothing()
    {
        using var cloud = new SimulatedCloud(path);
        cloud.Change(_ => (Thing("1", "one"), null));
        var before = File.ReadAllText(path);

        Assert.Throws<RefusalException>(() => cloud.Change(_ => throw new RefusalException("no")));
        Assert.Throws<InvalidOperationException>(() => cloud.Change(_ => (Thing("2", "two") with { Values = Value.Object(("name", Value.Unknown)) }, null)));

        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal("one", Assert.Single(cloud.Resources()).Values["name"].AsText);

        // And the lock is free again.
        using var other = new SimulatedCloud(path);
        other.Change(_ => (Thing("3", "three"), null));
        Assert.Equal(2, cloud.Resources().Count);
    }

    [Fact]
    public void Values_come_back_as_they_went_in()
    {
        var values = Written.Json("""{ "id": "i", "text": "ä\"\\\n\u0000€", "number": 18446744073709551617, "small": 1e-40, "flag": true, "list": [null, []], "map": { "a b": {} } }""");

        using (var cloud = new SimulatedCloud(path))
        {
            cloud.Change(_ => (Thing("1", "one") with { Values = values, Issued = ["i"] }, null));
        }

        using var after = new SimulatedCloud(path);
        var read = Assert.Single(after.Resources());
        Assert.Equal(values, read.Values);
        Assert.Equal(["i"], read.Issued);
        Assert.Equal("i", read.Id);
        Assert.Single(Encoding.UTF8.GetString(File.ReadAllBytes(path)), letter => letter == '\n');
    }

    [Fact]
    public void A_cloud_that_was_emptied_from_outside_is_empty()
    {
        using var cloud = new SimulatedCloud(path);
        cloud.Change(_ => (Thing("1", "one"), null));

        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.SetLength(0);
        }

        Assert.Empty(cloud.Resources());
    }

    private static CloudResource Thing(string key, string name) =>
        new(key, "registry.terraform.io/causeway/sample", "sample_thing", "123456789012", "here", Value.Object(("name", Value.Of(name))), []);
}
