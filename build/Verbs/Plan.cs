using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Reports;
using Causeway.Harness.Reports.Sources;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway plan</c>: what Terraform would do, as a digest. Against a simulated cloud unless <c>--real</c> is given.</summary>
internal static class Plan
{
    private static readonly Argument<string?> Environment = new("environment")
    {
        Description = "An environment of terraform/envs; without it, all that have stacks.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string?> Stack = new("stack") { Description = "Only this stack of the environment.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "A git reference: show what this tree changes after the merge base with it.",
        HelpName = "ref",
    };

    private static readonly Option<string?> Root = new("--root") { Description = "A configuration that is not this repository's.", HelpName = "folder" };

    private static readonly Option<bool> Apply = new("--apply") { Description = "Apply, and fail unless a second plan is empty." };

    private static readonly Option<bool> Destroy = new("--destroy") { Description = "Destroy at the end, and fail unless nothing is left." };

    private static readonly Option<string?> Markdown = new("--markdown")
    {
        Description = "Write the digest to this file, for a pull request's comment.",
        HelpName = "file",
    };

    private static readonly Option<string[]> Modules = new("--modules")
    {
        Description = "A folder with modules that come from the registry otherwise; may be repeated.",
        HelpName = "folder",
    };

    private static readonly Option<string[]> Variables = new("--var")
    {
        Description = "An input variable, name=value; may be repeated.",
        HelpName = "name=value",
    };

    private static readonly Option<string[]> VariableFiles = new("--var-file")
    {
        Description = "A file of input variables; may be repeated.",
        HelpName = "file",
    };

    private static readonly Option<string[]> Given = new("--given")
    {
        Description = "A file that declares what exists outside of the run; may be repeated.",
        HelpName = "file",
    };

    private static readonly Option<bool> AllowPrograms = new("--allow-programs")
    {
        Description = "Start the configuration's own programs: local-exec, data \"external\".",
    };

    private static readonly Option<bool> Providers = new("--providers") { Description = "List the providers whose schemas are known, and plan nothing." };

    private static readonly Option<bool> Real = new("--real")
    {
        Description = "The registry's provider, the state in the environment's backend and your credentials. Applies only with --apply.",
    };

    private static readonly Option<bool> Bootstrap = new("--bootstrap")
    {
        Description = "The stack makes the bucket that its own state lies in: keep the state in a file until it is applied, and move it then.",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show every line Terraform prints." };

    public static Command Verb()
    {
        var command = new Command("plan", "Show what Terraform would do: hermetic, in the order of the stacks, as a digest.")
        {
            Environment, Stack, Against, Root, Apply, Destroy, Markdown, Modules, Variables, VariableFiles, Given, AllowPrograms, Providers, Real, Bootstrap,
            Verbose,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, stop));

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var repository = Repository.Find();

        if (parsed.GetValue(Providers))
        {
            KnownProviders.List(repository).ToList().ForEach(Console.WriteLine);

            return 0;
        }

        var request = Request(parsed);
        await new Janitor(repository, Console.WriteLine).SweepAsync(stop);
        var run = new PlanRun(repository, request, new ConsoleSteps(parsed.GetValue(Verbose)), Console.WriteLine);

        // A configuration from elsewhere says nothing of this repository.
        await (request.Root is null ? RecordedAsync(repository, request, run, stop) : run.RunAsync(stop));

        return 0;
    }

    // For `causeway report`. A request that cannot be met, and a run that is interrupted, leave the last result as it is.
    private static async Task RecordedAsync(Repository repository, PlanRequest request, PlanRun run, CancellationToken stop)
    {
        var revision = await CheckoutRevision.OfAsync(repository, stop);
        void Leave(string? problem) =>
            PlanResults.Write(repository.PathTo("artifacts"), request, run.Digests, problem, revision, TimeProvider.System.GetUtcNow());

        try
        {
            await run.RunAsync(stop);
            Leave(null);
        }
        catch (Exception error) when (error is not UsageException && !stop.IsCancellationRequested)
        {
            Leave(error is PlatformException { Log: { } log } ? $"{error.Message}\n{log}" : error.Message);

            throw;
        }
    }

    private static PlanRequest Request(ParseResult parsed) => new PlanRequest
    {
        Environment = parsed.GetValue(Environment),
        Stack = parsed.GetValue(Stack),
        Against = parsed.GetValue(Against),
        Root = parsed.GetValue(Root),
        Apply = parsed.GetValue(Apply),
        Destroy = parsed.GetValue(Destroy),
        Markdown = parsed.GetValue(Markdown),
        Modules = parsed.GetValue(Modules) ?? [],
        Variables = (parsed.GetValue(Variables) ?? []).Select(Variable).ToDictionary(pair => pair.Key, pair => pair.Value),
        VariableFiles = parsed.GetValue(VariableFiles) ?? [],
        Given = parsed.GetValue(Given) ?? [],
        AllowPrograms = parsed.GetValue(AllowPrograms),
        Real = parsed.GetValue(Real),
        Bootstrap = parsed.GetValue(Bootstrap),
    }.Checked();

    private static KeyValuePair<string, object?> Variable(string text) => text.Split('=', 2) is [var name, var value]
        ? KeyValuePair.Create(name, (object?)value)
        : throw new UsageException($"--var {text} has no value.", "Write --var name=value.");
}
