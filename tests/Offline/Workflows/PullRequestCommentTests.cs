using Causeway.Harness.Workflows;

namespace Causeway.Offline.Workflows;

/// <summary>One comment of several reports.</summary>
public sealed class PullRequestCommentTests
{
    [Fact]
    public void Reports_that_fit_stand_one_after_the_other_as_they_are() =>
        Assert.Equal("# a\n\n# b\nx\n", PullRequestComment.Of([("a", "# a\n\n"), ("b", "# b\nx\n")]));

    [Fact]
    public void A_long_report_is_cut_at_a_line_with_what_is_open_closed_and_a_short_one_is_not()
    {
        var body = string.Concat(Enumerable.Range(0, 1000).Select(number => $"line {number}\n"));
        var comment = PullRequestComment.Of([("plans", $"<details>\n\n```\n{body}```\n</details>\n"), ("manifests", "# b\n")], 2_000);

        Assert.InRange(comment.Length, 1_500, 2_000);
        Assert.Matches(@"line \d+\n```\n\n</details>\n\n\*\*plans is cut here: \d+ characters more are in the run's artifacts\.\*\*\n\n# b\n$", comment);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void However_many_and_long_the_comment_is_one_that_GitHub_takes(int reports)
    {
        var text = string.Concat(Enumerable.Repeat("<details>\n```\nx\n```\n</details>\n", 20_000));
        var comment = PullRequestComment.Of([.. Enumerable.Range(0, reports).Select(number => ($"report {number}", text))]);

        Assert.InRange(comment.Length, 60_000, 65_535);
        Assert.Equal(Count(comment, "<details>"), Count(comment, "</details>"));
        Assert.Equal(0, Count(comment, "```") % 2);
        Assert.Equal(reports, Count(comment, "is cut here"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
