namespace Causeway.Offline.Repository;

/// <summary>Code, messages, tests and documents use plain words: none of <see cref="PlainWord.All"/>.</summary>
[Trait("gate", "repository")]
public sealed class PlainWordTests(Workbench workbench)
{
    // The licence is not our text.
    private static readonly string[] Exempt = [PlainWord.File, "LICENSE"];

    public static TheoryData<string> Words => [.. PlainWord.All.Select(word => word.Refused)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_file_uses_a_refused_word()
    {
        var tracked = await workbench.Checkout.FilesAsync(Stop);
        var texts = new Dictionary<string, string>();

        foreach (var file in tracked.Except(Exempt))
        {
            var text = await File.ReadAllTextAsync(workbench.Checkout.PathTo(file), Stop);

            // Git takes a file with a zero byte for a binary one, too.
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                texts.Add(file, text);
            }
        }

        Assert.Equal(Exempt, Exempt.Intersect(tracked));
        var gate = new Gate("files in plain words", texts.Keys);

        foreach (var (file, text) in texts)
        {
            var violations = PlainWord.Violations(file, text);
            gate.Record(file, violations is [] ? null : string.Join("\n    ", ["", .. violations]));
        }

        gate.Close();
    }

    [Theory, MemberData(nameof(Words))]
    public void A_refused_word_is_found_and_what_looks_alike_is_not(string refused)
    {
        var word = PlainWord.All.Single(word => word.Refused == refused);

        Assert.NotEmpty(word.Wrong);
        Assert.NotEmpty(word.Right);
        Assert.All(word.Wrong, line => Assert.NotEmpty(PlainWord.Violations("a.md", line)));
        Assert.All(word.Right, line => Assert.Empty(PlainWord.Violations("a.md", line)));
    }

    [Fact]
    public void A_refused_word_is_named_with_its_file_its_line_and_a_better_one()
    {
        var (refused, better) = ("a" + "new", "again");

        Assert.Equal([$"docs/a.md:2: “{refused}”: write {better}"], PlainWord.Violations("docs/a.md", $"It fails.\nIt begins {refused}.\n"));
    }
}
