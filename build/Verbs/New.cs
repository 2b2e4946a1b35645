using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Scaffolding;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway new</c>: the files of a new workload or environment. Writes new files only.</summary>
internal static class New
{
    private static readonly Argument<string> Name = new("name") { Description = "Lower-case words joined by single dashes." };

    private static readonly Option<string[]> Components = new("--components")
    {
        Description = "Its components, one service each; the first is reached from outside.",
        DefaultValueFactory = _ => ["web"],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Owner = new("--owner") { Description = "The team that answers for it (default: <name>-team).", HelpName = "team" };

    private static readonly Option<string> Like = new("--like")
    {
        Description = "The environment that it is made after.",
        DefaultValueFactory = _ => "dev",
        HelpName = "environment",
    };

    private static readonly Option<string> Account = new("--account")
    {
        Description = "The account that it lives in, twelve digits: one environment is one account.",
        Required = true,
    };

    public static Command Verb()
    {
        var workload = new Command("workload", "Write the files of a workload that runs on this machine.") { Name, Components, Owner };
        workload.SetAction((parsed, stop) => WorkloadAsync(
            Repository.Find(), parsed.GetValue(Name)!, parsed.GetValue(Components)!, parsed.GetValue(Owner), stop));
        var environment = new Command("environment", "Write the files of an environment that is like another one.") { Name, Like, Account };
        environment.SetAction(parsed => Environment(Repository.Find(), parsed.GetValue(Name)!, parsed.GetValue(Like)!, parsed.GetValue(Account)!));

        return new Command("new", "Write the files of a new workload or environment; changes none that is there.") { workload, environment };
    }

    private static async Task<int> WorkloadAsync(Repository repository, string name, string[] components, string? owner, CancellationToken stop)
    {
        string[] named = [.. components.SelectMany(component => component.Split(',', StringSplitOptions.RemoveEmptyEntries))];
        var files = await new NewWorkload(repository).WriteAsync(name, named, owner ?? $"{name}-team", stop);
        files.ToList().ForEach(Console.WriteLine);

        // Writes the lock files of its projects.
        await CommandLine.Of("dotnet", "restore", repository.PathTo(files.Single(file => file.EndsWith(".Tests.csproj", StringComparison.Ordinal))))
            .In(repository.Root).RunAsync(stop);
        Console.WriteLine(
            $"{files.Count} files, and a lock file for each project. Next: `./causeway generate`, `./causeway up`; docs/add-a-workload.md has the rest.");

        return 0;
    }

    private static int Environment(Repository repository, string name, string like, string account)
    {
        var files = new NewEnvironment(repository).Write(name, like, account);
        files.ToList().ForEach(Console.WriteLine);
        Console.WriteLine($"{files.Count} files. Next: look through env.yaml, then `./causeway plan {name}`; docs/add-an-environment.md has the rest.");

        return 0;
    }
}
