using Causeway.Harness;

namespace Causeway.Offline;

/// <summary>Steps that are not shown.</summary>
internal sealed class Silent : ISteps
{
    public async Task RunAsync(string title, Func<Action<string>, Task<string>> work) => await work(_ => { });

    public void Detail(string line)
    {
    }
}
