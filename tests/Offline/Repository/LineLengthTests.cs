namespace Causeway.Offline.Repository;

/// <summary>No line of C# is longer than <c>.editorconfig</c> says.</summary>
[Trait("gate", "repository")]
public sealed class LineLengthTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_line_is_longer_than_the_editorconfig_says()
    {
        var files = await workbench.Checkout.FilesAsync(Stop, "*.cs");
        var settings = await File.ReadAllTextAsync(workbench.Checkout.PathTo(".editorconfig"), Stop);
        var gate = new Gate("lengths of lines", files);

        foreach (var file in files)
        {
            gate.Record(file, LineLength.Stated(settings, file) is { } longest
                ? ProblemOf(LineLength.Violations(file, await File.ReadAllTextAsync(workbench.Checkout.PathTo(file), Stop), longest))
                : ".editorconfig states no max_line_length for it: state one in section [*.cs]");
        }

        gate.Close();
    }

    [Fact]
    public void A_line_that_is_too_long_is_named_with_its_file_and_its_number()
    {
        const string Source = "class C\n{\n    const string Text = \"12345678901234567890\";\n}\n";

        Assert.Equal([], LineLength.Violations("src/C.cs", Source, 47));
        Assert.Equal(
            ["src/C.cs:3: 47 characters, and 46 are allowed: wrap it, or name a part of it"], LineLength.Violations("src/C.cs", Source, 46));
    }

    [Theory]
    [InlineData("a raw string", "var a = \"\"\"{ \"b\": \"01234567890123456789\" }\"\"\";", false)]
    [InlineData("an interpolated one", "var a = $$\"\"\"{ \"b\": \"{{0123456789}}\", \"c\": \"{{\"\"\"d\"\"\"}}\" }\"\"\";", false)]
    [InlineData("one of several lines", "var a = \"\"\"\n    01234567890123456789012345678901234567890123456789\n    \"\"\";", false)]
    [InlineData("long code beside one", "var a01234567890123456789 = b01234567890123456789 + \"\"\"c\"\"\";", true)]
    [InlineData("what comes after one", "var a = \"\"\"\n    b\n    \"\"\" + c0123456789012345678901234567890123456789;", true)]
    [InlineData("three quotes in another string", "var a = \"\\\"\\\"\\\" 012345678901234567890123456789 \\\"\\\"\\\"\";", true)]
    [InlineData("three quotes in a comment", "// \"\"\" 012345678901234567890123456789012345678901234567890 \"\"\"", true)]
    public void Only_the_characters_of_a_raw_string_do_not_count(string what, string source, bool isTooLong) =>
        Assert.True(LineLength.Violations("C.cs", source, 40) is [] != isTooLong, what);

    [Theory]
    [InlineData("[*.cs]\nmax_line_length = 160\n", 160)]
    [InlineData("[*]\nmax_line_length = 100\n[*.md]\nmax_line_length = 80\n[*.cs]\nmax_line_length=120\n", 120)]
    [InlineData("[*.cs]\nmax_line_length = 160\n[*]\nmax_line_length = off\n", null)]
    [InlineData("[*.cs]\n# max_line_length = 160\n[*.md]\nmax_line_length = 80\n", null)]
    public void The_last_section_that_fits_states_the_length(string settings, int? longest) =>
        Assert.Equal(longest, LineLength.Stated(settings, "src/Harness/C.cs"));

    [Fact]
    public void A_section_of_a_form_that_is_not_read_here_is_an_error()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => LineLength.Stated("[*.{cs,md}]\n", "C.cs"));

        Assert.Contains("[*.{cs,md}]", refusal.Message, StringComparison.Ordinal);
    }

    private static string? ProblemOf(IReadOnlyList<string> violations) => violations is [] ? null : string.Join("\n    ", ["", .. violations]);
}
