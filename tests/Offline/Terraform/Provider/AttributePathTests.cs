using Causeway.Provider.Serving;
using Causeway.Provider.Serving.Protocol;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>Places in a configuration, as Terraform finds them.</summary>
public sealed class AttributePathTests
{
    private const string Type = "object({name=string,list=list(object({name=string})),set=set(object({name=string})),map=map(object({name=string})),any=any})";

    [Theory]
    [InlineData("name", "name")]
    [InlineData("list 1 name", "list[1]name")]
    [InlineData("map k name", "map[\"k\"]name")]
    // An element of a set has no address, and what is of any type has no members that the schema knows.
    [InlineData("set name", "set")]
    [InlineData("set 0 name", "set")]
    [InlineData("any a", "any")]
    [InlineData("none", null)]
    [InlineData("", null)]
    public void A_path_goes_as_far_as_Terraform_can_follow(string steps, string? wire) =>
        Assert.Equal(wire, Text(Steps(steps).ToWire(ValueType.Parse(Type))));

    [Fact]
    public void Without_a_type_there_is_no_path() => Assert.Null(Steps("name").ToWire(null));

    private static object[] Steps(string steps) =>
        [.. steps.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => long.TryParse(step, out var index) ? (object)index : step)];

    private static string? Text(AttributePath? path) => path is null ? null : string.Concat(path.Steps.Select(step => step.SelectorCase switch
    {
        AttributePath.Types.Step.SelectorOneofCase.ElementKeyInt => $"[{step.ElementKeyInt}]",
        AttributePath.Types.Step.SelectorOneofCase.ElementKeyString => $"[\"{step.ElementKeyString}\"]",
        _ => step.AttributeName,
    }));
}
