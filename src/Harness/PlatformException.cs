namespace Causeway.Harness;

/// <summary>
/// Something the user can fix: the message says what is wrong, <paramref name="remedy"/> what to do, <paramref name="log"/> the last lines of the log
/// concerned.
/// </summary>
public sealed class PlatformException(string message, string remedy, string? log = null, Exception? inner = null) : Exception(message, inner)
{
    public string Remedy { get; } = remedy;

    public string? Log { get; } = log;
}
