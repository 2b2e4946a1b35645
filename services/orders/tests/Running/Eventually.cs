namespace Orders.Tests.Running;

/// <summary>Waits for conditions, up to the end of the test or half a minute.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Longest);

        while (!deadline.IsCancellationRequested)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(Between, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        throw new TimeoutException($"Timed out waiting for {what}.");
    }

    public static Task<T> GetAsync<T>(Func<T?> look, string what)
        where T : class => GetAsync(() => Task.FromResult(look()), what);

    public static Task UntilAsync(Func<bool> isTrue, string what) => GetAsync(() => isTrue() ? what : null, what);
}
