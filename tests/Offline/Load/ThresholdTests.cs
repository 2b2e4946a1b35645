using Causeway.Harness;
using Causeway.Load;

namespace Causeway.Offline.Load;

/// <summary>Thresholds of a scenario.</summary>
public sealed class ThresholdTests
{
    private static readonly Threshold[] Declared =
        [Threshold.AtMost("p99", "99th percentile in ms", 100), Threshold.AtLeast("goodput", "answers per second", 50)];

    private static IReadOnlyList<ThresholdResult> Judge(double p99, double goodput, Dictionary<string, double>? limits = null)
    {
        var thresholds = new Thresholds(Declared, limits ?? []);
        thresholds.Judge("goodput", goodput);
        thresholds.Judge("p99", p99);

        return thresholds.Close();
    }

    [Theory]
    [InlineData(100, 50, true, true)]
    [InlineData(100.1, 50, false, true)]
    [InlineData(100, 49.9, true, false)]
    [InlineData(double.NaN, double.NaN, false, false)]
    public void A_value_at_its_limit_passes_and_one_beyond_fails(double p99, double goodput, bool first, bool second) =>
        Assert.Equal([first, second], Judge(p99, goodput).Select(result => result.Passed));

    [Fact]
    public void A_result_says_what_was_compared() =>
        Assert.Equal(
            ["failed p99: 99th percentile in ms ≤ 100, was 250.5", "passed goodput: answers per second ≥ 50, was 60"],
            Judge(250.5, 60).Select(result => $"{result}"));

    [Fact]
    public void Another_limit_can_be_given() => Assert.Equal([true, true], Judge(250, 60, new() { ["p99"] = 300 }).Select(result => result.Passed));

    [Fact]
    public void A_limit_of_no_threshold_is_refused_with_those_there_are()
    {
        var refusal = Assert.Throws<UsageException>(() => new Thresholds(Declared, new Dictionary<string, double> { ["p9"] = 1 }));

        Assert.Equal("It has p99, goodput.", refusal.Remedy);
    }

    [Fact]
    public void A_threshold_that_was_not_judged_fails()
    {
        var thresholds = new Thresholds(Declared, new Dictionary<string, double>());
        thresholds.Judge("p99", 1);

        Assert.Equal([true, false], thresholds.Close().Select(result => result.Passed));
    }
}
