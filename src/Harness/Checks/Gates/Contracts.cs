using Causeway.Harness.Contract;

namespace Causeway.Harness.Checks.Gates;

/// <summary>Contracts, releases and environments fit together: each workload runs somewhere, what it uses is granted, and names are one owner's.</summary>
internal sealed class Contracts : IGate
{
    public string Name => "contracts";

    public bool IsQuick => true;

    public bool IsAbout(string file) =>
        file.EndsWith("/workload.yaml", StringComparison.Ordinal)
        || (file.StartsWith("terraform/envs/", StringComparison.Ordinal) && file.EndsWith(".yaml", StringComparison.Ordinal));

    public Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var rules = new ContractRules(context.Repository);
        string[] owners = [.. context.Repository.Workloads(), .. rules.Environments()];
        tally.Expect(owners);
        owners.ToList().ForEach(owner => tally.Record(owner, null));

        // A name that two have, and whatever else begins with no owner, is one of the gate itself.
        foreach (var problem in rules.Problems())
        {
            var owner = owners.FirstOrDefault(name => problem.StartsWith($"{name}/", StringComparison.Ordinal)
                || problem.StartsWith($"{name} ", StringComparison.Ordinal)
                || problem.StartsWith($"{name}:", StringComparison.Ordinal)) ?? Name;
            tally.Expect(owner);
            tally.Record(owner, problem);
        }

        return Task.CompletedTask;
    }
}
