using Causeway.Load.Verification;

namespace Causeway.Offline.Load;

/// <summary>What was acknowledged, held against what is stored.</summary>
public sealed class HistoryCheckTests
{
    private readonly History history = new();

    private HistoryCheck Against(params (string? Key, string Id)[] stored) =>
        HistoryCheck.Of(history.Entries, stored.Select(item => new StoredItem(item.Key, item.Id)));

    [Fact]
    public void Everything_acknowledged_is_found()
    {
        history.Acknowledged("a", "1");
        history.Acknowledged("b", "2");
        history.Refused("c");

        var check = Against(("a", "1"), ("b", "2"));

        Assert.True(check.Passed);
        Assert.Equal((2, 2, 0, 0, 0, 0, 1), (check.Acknowledged, check.Found, check.Lost, check.Duplicate, check.Unexpected, check.Unknown, check.Refused));
    }

    [Fact]
    public void What_was_acknowledged_and_is_not_stored_is_lost()
    {
        history.Acknowledged("a", "1");
        history.Acknowledged("b", "2");

        var check = Against(("a", "1"));

        Assert.False(check.Passed);
        Assert.Equal((1, 1), (check.Found, check.Lost));
        Assert.Equal(["lost: b, acknowledged as 2"], check.Examples);
    }

    [Fact]
    public void What_is_stored_under_another_id_than_was_acknowledged_is_lost()
    {
        history.Acknowledged("a", "1");

        Assert.Equal(1, Against(("a", "2")).Lost);
    }

    [Fact]
    public void A_write_that_became_two_items_is_a_duplicate()
    {
        history.Acknowledged("a", "1");

        var check = Against(("a", "1"), ("a", "2"));

        Assert.False(check.Passed);
        Assert.Equal((0, 1, 0), (check.Lost, check.Duplicate, check.Unexpected));
    }

    [Fact]
    public void A_write_that_was_acknowledged_with_two_ids_is_a_duplicate()
    {
        history.Acknowledged("a", "1");
        history.Acknowledged("a", "2");

        Assert.Equal(1, Against(("a", "1")).Duplicate);
    }

    [Fact]
    public void An_id_that_acknowledges_two_writes_is_a_duplicate()
    {
        history.Acknowledged("a", "1");
        history.Acknowledged("b", "1");

        var check = Against(("a", "1"), ("b", "1"));

        Assert.False(check.Passed);
        Assert.Equal(["duplicate: 1 acknowledges more than one write"], check.Examples);
    }

    [Fact]
    public void A_repeated_answer_is_not_a_duplicate()
    {
        history.Acknowledged("a", "1");
        history.Acknowledged("a", "1");
        history.Unknown("a");

        Assert.True(Against(("a", "1")).Passed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_write_of_unknown_outcome_may_be_stored_or_not(bool isStored)
    {
        history.Acknowledged("a", "1");
        history.Unknown("b");

        var check = isStored ? Against(("a", "1"), ("b", "2")) : Against(("a", "1"));

        Assert.True(check.Passed);
        Assert.Equal((1, isStored ? 1 : 0), (check.Unknown, check.UnknownStored));
    }

    [Fact]
    public void What_was_refused_and_is_stored_all_the_same_is_unexpected()
    {
        history.Acknowledged("a", "1");
        history.Refused("b");

        Assert.Equal(
            ["unexpected: 2 of b", "unexpected: 3 of no write", "unexpected: 4 of c"],
            Against(("a", "1"), ("b", "2"), (null, "3"), ("c", "4")).Examples);
    }

    [Fact]
    public void A_run_in_which_nothing_was_acknowledged_shows_nothing()
    {
        history.Refused("a");
        history.Unknown("b");

        Assert.False(Against().Passed);
    }
}
