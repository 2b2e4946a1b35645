namespace Causeway.Harness;

/// <summary>Where the runtime reports what it is doing. The <c>causeway</c> command shows it on a terminal; tests write it to their log.</summary>
public interface ISteps
{
    /// <summary>Runs one named step. <paramref name="work"/> may say what it is at, and returns what came out of it, in a few words.</summary>
    Task RunAsync(string title, Func<Action<string>, Task<string>> work);

    /// <summary>Says something that only <c>--verbose</c> shows.</summary>
    void Detail(string line);

    /// <summary>Says something at once, while a step is at work.</summary>
    void Notice(string line) => Detail(line);
}
