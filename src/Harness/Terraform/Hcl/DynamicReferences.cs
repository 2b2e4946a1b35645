namespace Causeway.Harness.Terraform.Hcl;

/// <summary>What the dynamic blocks of a module's resources refer to. A plan's JSON leaves them out of the configuration.</summary>
public static class DynamicReferences
{
    private const string Dynamic = "dynamic";

    /// <summary>
    /// By the address in the module (<c>aws_vpc.this</c>, <c>data.aws_ami.this</c>) and the name of the outermost block: what its expressions name, iterators
    /// left out.
    /// </summary>
    /// <param name="folder">The module's.</param>
    public static ILookup<(string Address, string Block), string> Of(string folder) =>
        Configuration.Files(folder)
            .Where(file => file.EndsWith(".tf", StringComparison.Ordinal))
            .SelectMany(file => HclBody.OfText(SourceText.Read(file)).Blocks)
            .Where(block => block is { Type: "resource" or "data", Labels.Count: 2 })
            .SelectMany(block => OfResource(block.Type is "data" ? $"data.{string.Join('.', block.Labels)}" : string.Join('.', block.Labels), block.Body))
            .ToLookup(found => (found.Address, found.Block), found => found.Name);

    // A plan knows the references of a block that stands there as it is, but not those of a dynamic one inside it.
    private static IEnumerable<(string Address, string Block, string Name)> OfResource(string address, HclBody resource) =>
        from block in resource.Blocks
        from name in Names(block, [])
        select (address, NameOf(block), name);

    private static string NameOf(HclBlock block) => block is { Type: Dynamic, Labels: [var label, ..] } ? label : block.Type;

    private static IEnumerable<string> Names(HclBlock block, IReadOnlyList<string> iterators)
    {
        if (block.Type is Dynamic)
        {
            iterators = [.. iterators, block.Body.Attributes.GetValueOrDefault("iterator") is [var named] ? named.Value : NameOf(block)];
        }

        return block.Body.Attributes.Where(attribute => attribute.Key is not "iterator").SelectMany(attribute => LocalReferences.Names(attribute.Value))
            .Where(name => !iterators.Contains(name.Split('.')[0]))
            .Concat(block.Body.Blocks.SelectMany(inner => Names(inner, iterators)));
    }
}
