using System.Text.Json.Nodes;
using Causeway.Harness.Costs;

namespace Causeway.Offline.Costs;

/// <summary>The files of <c>terraform/prices</c>.</summary>
public sealed class PriceTableTests(Workbench workbench)
{
    private const string Head = "prices:\n  apiVersion: causeway/v1\n  date: \"2026-11-29\"\n  source: https://example.com/\n";

    [Fact, Trait("gate", "repository")]
    public void Every_type_in_use_has_a_price_in_every_region_that_has_prices()
    {
        var schemas = JsonNode.Parse(File.ReadAllText(workbench.Checkout.PathTo("src", "Provider", "Schemas", "aws.json")))!;
        string[] types = [.. schemas["resources"]!.AsObject().Select(type => type.Key)];
        string[] regions = [.. Directory.EnumerateDirectories(workbench.Checkout.PathTo(PriceTable.Folder, "aws")).Select(folder => Path.GetFileName(folder)!)];
        var gate = new Gate("types with a price", regions.SelectMany(region => types.Select(type => $"{region} {type}")));

        foreach (var region in regions)
        {
            var table = PriceTable.Load(workbench.Checkout, "aws", region);
            Array.ForEach(types, type => gate.Record(
                $"{region} {type}", table.Knows(type) ? null : $"add it to a file of {PriceTable.Folder}/aws/{region}, among those that are free if it is"));
        }

        gate.Close();
    }

    [Fact]
    public void The_oldest_date_of_the_files_is_the_tables()
    {
        var older = Head.Replace("2026-11-29", "2026-01-31", StringComparison.Ordinal);
        var repository = With(("a", $"{Head}  free: [aws_a]\n"), ("b", $"{older}  free: [aws_b]\n"));

        var table = PriceTable.Load(repository, "aws", "eu-central-1");

        Assert.Equal("2026-01-31", table.Date);
        Assert.True(table.Knows("aws_a") && table.Knows("aws_b") && !table.Knows("aws_c"));
    }

    [Fact]
    public void The_most_that_there_may_be_is_read_beside_what_is_paid()
    {
        var group = "{ fixed: [{ what: instance, per: hour, price: 1, times: [least], most: [greatest] }, { what: disk, per: hour, price: 1 }] }";
        var table = PriceTable.Load(With(("a", $"{Head}  types: {{ aws_a: {group} }}\n")), "aws", "eu-central-1");

        Assert.Equal(["disk", "instance"], table.Units.Order(StringComparer.Ordinal));
        Assert.Equal(["least"], table.Fixed["aws_a"][0].Times);
        Assert.Equal(["greatest"], table.Fixed["aws_a"][0].Most);
        Assert.Null(table.Fixed["aws_a"][1].Most);
    }

    [Fact]
    public void A_region_without_files_has_no_prices() => Assert.Equal(PriceTable.None, PriceTable.Load(With(), "aws", "eu-west-1"));

    [Theory]
    [InlineData("  types: { aws_a: { fixed: [{ what: instance, per: day, price: 1 }] } }", "a.yaml: prices.types.aws_a.fixed[0].per should be one of")]
    [InlineData("  types: { aws_a: { fixed: [{ what: instance, per: hour }] } }", "a.yaml: prices.types.aws_a.fixed[0].price is missing")]
    [InlineData("  types: { aws_a: { fixed: [{ what: instance, per: hour, price: -1 }] } }", "a.yaml: prices.types.aws_a.fixed[0].price should be at least 0")]
    [InlineData("  free: [aws_a]\n  types: { aws_a: { usage: much } }", "aws_a has a price in terraform/prices/aws/eu-central-1/a.yaml already")]
    public void A_file_that_cannot_be_read_is_named_with_the_place(string rest, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => PriceTable.Load(With(("a", $"{Head}{rest}\n")), "aws", "eu-central-1"));

        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), error.Message);
    }

    private Harness.Repository With(params (string Name, string Text)[] files)
    {
        var root = workbench.Scratch.CreateSubdirectory($"prices-{Guid.NewGuid():N}").FullName;
        var folder = Directory.CreateDirectory(Path.Combine(root, "terraform", "prices", "aws", "eu-central-1")).FullName;
        Directory.CreateDirectory(Path.Combine(root, "schemas"));
        File.Copy(workbench.Checkout.PathTo("schemas", "prices.schema.json"), Path.Combine(root, "schemas", "prices.schema.json"));

        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.yaml"), text);
        }

        return new Harness.Repository(root);
    }
}
