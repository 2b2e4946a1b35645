using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway destroy</c>: the end of a whole environment, the stack that was applied last first.</summary>
internal static class Destroy
{
    private static readonly Argument<string> Environment = new("environment") { Description = "An environment of terraform/envs." };

    private static readonly Option<bool> Real = new("--real") { Description = "Destroy what the account has, after asking for the environment's name." };

    private static readonly Option<string?> Confirm = new("--confirm")
    {
        Description = "The environment's name, in place of the question.",
        HelpName = "environment",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show every line Terraform prints." };

    public static Command Verb()
    {
        var command = new Command("destroy", "Destroy an environment: in a simulated cloud, or with --real in the account.")
        {
            Environment, Real, Confirm, Verbose,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, stop));

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var repository = Repository.Find();
        var request = new PlanRequest { Environment = parsed.GetValue(Environment), Real = parsed.GetValue(Real) }.Checked();
        await new Janitor(repository, Console.WriteLine).SweepAsync(stop);
        await new DestroyRun(
            repository, request, new ConsoleSteps(parsed.GetValue(Verbose)), Console.WriteLine,
            request.Real ? question => parsed.GetValue(Confirm) ?? Ask(question) : null).RunAsync(stop);

        return 0;
    }

    // Without a terminal the question is not asked, which confirms nothing.
    private static string? Ask(string question)
    {
        if (Console.IsInputRedirected)
        {
            return null;
        }

        Console.Write(question);

        return Console.ReadLine()?.Trim();
    }
}
