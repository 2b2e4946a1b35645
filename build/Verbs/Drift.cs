using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway drift</c>: what differs from what Terraform made. Changes nothing.</summary>
internal static class Drift
{
    private static readonly Argument<string> Environment = new("environment") { Description = "An environment of terraform/envs." };

    private static readonly Option<string?> Seed = new("--seed")
    {
        Description = "A file of changes that are made in the simulated cloud behind Terraform's back.",
        HelpName = "file",
    };

    private static readonly Option<bool> Real = new("--real") { Description = "Look at the account, with your credentials and the environment's states." };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show every line Terraform prints." };

    public static Command Verb()
    {
        var command = new Command("drift", "Show what differs from what Terraform made: a refresh-only plan of every stack.")
        {
            Environment, Seed, Real, Verbose,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, stop));

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var (repository, seed) = (Repository.Find(), parsed.GetValue(Seed));
        var request = new PlanRequest { Environment = parsed.GetValue(Environment), Real = parsed.GetValue(Real) }.Checked();

        if (request.Real && seed is not null)
        {
            throw new UsageException("--real and --seed do not go together.", "Nothing of an account is changed here: leave --seed out.");
        }

        await new Janitor(repository, Console.WriteLine).SweepAsync(stop);
        await new DriftRun(
            repository, request, new ConsoleSteps(parsed.GetValue(Verbose)), Console.WriteLine, seed is null ? [] : SeededDrift.Read(seed)).RunAsync(stop);

        return 0;
    }
}
