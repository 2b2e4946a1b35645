namespace Causeway.Harness.Local;

/// <summary>Where the runtime tells what it is doing. The <c>causeway</c> command shows it on a terminal; tests write it to their log.</summary>
public interface ISteps
{
    /// <summary>Runs one named step. <paramref name="work"/> may say what it is at, and returns what came out of it, in a few words.</summary>
    Task RunAsync(string title, Func<Action<string>, Task<string>> work);

    /// <summary>Says something that only <c>--verbose</c> shows.</summary>
    void Detail(string line);
}

/// <summary>Something the user can mend: the message says what is wrong, <paramref name="remedy"/> what to do, <paramref name="log"/> the last lines of the log concerned.</summary>
public sealed class PlatformException(string message, string remedy, string? log = null, Exception? inner = null) : Exception(message, inner)
{
    public string Remedy { get; } = remedy;

    public string? Log { get; } = log;
}
