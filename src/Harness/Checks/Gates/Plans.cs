using Causeway.Harness.Terraform.Plans;

namespace Causeway.Harness.Checks.Gates;

/// <summary>Every stack of every environment plans, and its plan keeps the policies and the environment's limits.</summary>
internal sealed class Plans : IGate
{
    public string Name => "plans";

    public bool IsQuick => false;

    public bool IsAbout(string file) =>
        new[] { "terraform/", "src/Provider", "services/", "waivers.yaml" }.Any(place => file.StartsWith(place, StringComparison.Ordinal))
        && Path.GetExtension(file) is not ".md";

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var stacks = new Stacks(context.Repository.Root);
        tally.Expect(stacks.Environments().SelectMany(stacks.In).Select(instance => instance.Name));
        var run = new PlanRun(context.Repository, new PlanRequest(), new Quiet(), _ => { });

        try
        {
            await run.RunAsync(stop);
        }
        finally
        {
            run.Digests.ToList().ForEach(digest => tally.Record(digest.Name, null));
        }
    }

    private sealed class Quiet : ISteps
    {
        public async Task RunAsync(string title, Func<Action<string>, Task<string>> work) => await work(_ => { });

        public void Detail(string line)
        {
        }
    }
}
