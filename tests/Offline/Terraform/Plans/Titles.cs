using Causeway.Harness;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>Keeps what each step was called and how it ended.</summary>
internal sealed class Titles : ISteps
{
    private readonly List<string> all = [];

    private readonly List<string> ends = [];

    /// <summary>The steps' titles, in order.</summary>
    public IReadOnlyList<string> All => all;

    /// <summary>What each step that succeeded says at its end: <c>title: end</c>.</summary>
    public IReadOnlyList<string> Ends => ends;

    public async Task RunAsync(string title, Func<Action<string>, Task<string>> work)
    {
        all.Add(title);
        ends.Add($"{title}: {await work(_ => { })}");
    }

    public void Detail(string line)
    {
    }
}
