namespace Causeway.Offline.NewKinds;

/// <summary>Every kind has one file in each renderer.</summary>
public sealed class KindFileTests(Workbench workbench)
{
    public static TheoryData<string> Files() =>
        [.. KindRenderer.All.Select(renderer => renderer.FileOf(KindTree.Kinds[renderer.Of]))];

    [Fact, Trait("gate", "repository")]
    public void Every_kind_has_a_file_in_each_renderer()
    {
        var found = KindRenderer.Check(workbench.Checkout);
        var gate = new Gate("files of kinds", found.Keys);

        foreach (var (file, problem) in found)
        {
            gate.Record(file, problem);
        }

        gate.Close();
    }

    [Theory, MemberData(nameof(Files))]
    public void A_kind_that_lacks_a_renderers_file_is_told_by_name_what_is_missing(string file)
    {
        var tree = KindTree.Create(workbench);
        Assert.All(KindRenderer.Check(tree), found => Assert.Null(found.Value));

        File.Delete(tree.PathTo(file));

        var (missing, problem) = Assert.Single(KindRenderer.Check(tree), found => found.Value is not null);
        Assert.Equal(file, missing);
        Assert.StartsWith("missing: the ", problem, StringComparison.Ordinal);
    }
}
