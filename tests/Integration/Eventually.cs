namespace Causeway.Integration;

/// <summary>Waits for conditions instead of sleeping.</summary>
internal static class Eventually
{
    /// <summary>Waits until <paramref name="condition"/> holds; returns how long that took.</summary>
    /// <param name="what">The condition in words, for the message of a failure.</param>
    public static async Task<TimeSpan> TrueAsync(string what, TimeSpan patience, Func<Task<bool>> condition, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();

        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                Assert.Fail($"Not within {patience.TotalSeconds:0} s: {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }
}
