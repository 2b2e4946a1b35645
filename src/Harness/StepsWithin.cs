namespace Causeway.Harness;

/// <summary>Steps within a step: their titles are its progress, and nothing else of them is shown.</summary>
internal sealed class StepsWithin(Action<string> progress) : ISteps
{
    public async Task RunAsync(string title, Func<Action<string>, Task<string>> work)
    {
        progress(title);
        await work(_ => { });
    }

    public void Detail(string line)
    {
    }
}
