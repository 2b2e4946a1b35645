using System.Globalization;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>
/// Tells how far something is that takes long: its size at the beginning, then every few seconds how much is done and how long the rest will take.
/// </summary>
/// <param name="what">What is done, for a reader.</param>
/// <param name="size">How many bytes there are.</param>
public sealed class ReadingProgress(string what, long size, Action<string>? say, TimeProvider? clock = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly long begun = (clock ?? TimeProvider.System).GetTimestamp();
    private TimeSpan? told;

    /// <param name="done">How many bytes are done.</param>
    public void At(long done)
    {
        var elapsed = clock.GetElapsedTime(begun);

        if (told is null)
        {
            say?.Invoke($"{what}: {Megabytes(size)} MB");
            told = elapsed;
        }
        else if (elapsed - told >= Pause && done > 0)
        {
            say?.Invoke($"{what}: {Megabytes(done)} of {Megabytes(size)} MB, {Math.Ceiling(elapsed.TotalSeconds * (size - done) / done)} s left");
            told = elapsed;
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
