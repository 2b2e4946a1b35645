namespace Causeway.ServiceDefaults;

/// <summary>
/// How often one request may try something again, whatever it is and in which layer: retries in several layers would multiply, and the load with them.
/// Follows the request through its asynchronous calls.
/// </summary>
public sealed class RetryBudget
{
    /// <summary>Retries of one request.</summary>
    public const int PerRequest = 6;

    private static readonly AsyncLocal<RetryBudget?> Current = new();
    private int left = PerRequest;

    private RetryBudget()
    {
    }

    /// <summary>Begins a budget for what the calling method does from here on.</summary>
    public static void Begin() => Current.Value = new RetryBudget();

    /// <returns>False when the budget is spent. Where none has begun, only the caller's own limit counts.</returns>
    public static bool TryTake() => Current.Value is not { } budget || Interlocked.Decrement(ref budget.left) >= 0;
}

internal static class RetryBudgets
{
    /// <summary>Every request has a budget of its own. The lambda is asynchronous, so that the budget ends with it.</summary>
    public static void UseRetryBudgets(this WebApplication app) => app.Use(async (http, next) =>
    {
        RetryBudget.Begin();
        await next(http);
    });
}
