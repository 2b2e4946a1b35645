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
        string[] environments = [.. stacks.Environments()];
        tally.Expect(environments.SelectMany(stacks.In).Select(instance => instance.Name));
        var keys = await VerdictKeys.OfPlansAsync(context, environments, stop);

        foreach (var environment in environments)
        {
            if (context.Passed.Items(keys[environment]) is { } planned)
            {
                tally.Unchanged(planned);
            }
            else
            {
                context.Passed.Add(keys[environment], await PlanAsync(context, tally, environment, stop));
            }
        }
    }

    private static async Task<IEnumerable<string>> PlanAsync(CheckContext context, Tally tally, string environment, CancellationToken stop)
    {
        var run = new PlanRun(context.Repository, new PlanRequest { Environment = environment }, new Quiet(), _ => { });

        try
        {
            await run.RunAsync(stop);

            return run.Digests.Select(digest => digest.Name);
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
