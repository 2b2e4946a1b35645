using Causeway.Harness;

namespace Causeway.Integration;

/// <summary>Runs steps without a word.</summary>
internal sealed class Silent : ISteps
{
    public async Task RunAsync(string title, Func<Action<string>, Task<string>> work) => await work(_ => { });

    public void Detail(string line)
    {
    }
}
