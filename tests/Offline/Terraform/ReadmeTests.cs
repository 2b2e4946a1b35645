using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Providers;

namespace Causeway.Offline.Terraform;

/// <summary>What the README shows is what one gets who does what it says.</summary>
public sealed class ReadmeTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_README_shows_the_digest_of_the_change_it_describes()
    {
        var readme = await File.ReadAllTextAsync(workbench.Checkout.PathTo("README.md"), Stop);
        var shown = readme.Split("$ ./causeway plan staging --against HEAD\n")[1]
            .Split("```")[0]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Trim() is not "…")
            .ToList();
        var repository = await CommittedCopyAsync();
        var facts = repository.PathTo("terraform", "envs", "staging", "env.yaml");
        Assert.Contains("Write `nat: per-zone` for `nat: single` in `terraform/envs/staging/env.yaml`", readme, StringComparison.Ordinal);
        await File.WriteAllTextAsync(facts, (await File.ReadAllTextAsync(facts, Stop)).Replace("nat: single", "nat: per-zone", StringComparison.Ordinal), Stop);
        var printed = new List<string>();

        await new PlanRun(repository, new PlanRequest { Environment = "staging", Against = "HEAD" }, new Silent(), printed.Add).RunAsync(Stop);

        var gate = new Gate("lines of the README's plan", shown);
        shown.ForEach(line => gate.Record(line, printed.Contains(line) ? null : $"is not printed:\n{string.Join('\n', printed)}"));
        gate.Close();
    }

    [Fact]
    public async Task The_README_shows_what_the_demonstration_prints()
    {
        var readme = await File.ReadAllTextAsync(workbench.Checkout.PathTo("README.md"), Stop);
        var shown = readme.Split("`./causeway demo` makes three changes")[1]
            .Split("```console\n")[1]
            .Split("```")[0]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Trim() is not "…")
            .ToArray();

        var program = workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll");
        var printed = await CommandLine.Of("dotnet", program, "demo").In(workbench.Checkout.Root).RunAsync(Stop);

        var left = new Queue<string>(shown);

        foreach (var line in printed.Output.Split('\n'))
        {
            _ = left.TryPeek(out var next) && next == line && left.Dequeue() is not null;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"lines of the README's demonstration: {shown.Length} expected, {shown.Length - left.Count} checked, {left.Count} skipped");
        Assert.NotEmpty(shown);
        Assert.True(left.Count == 0, $"The next of {left.Count} lines is not printed: {left.FirstOrDefault()}\n{printed.Output}");
    }

    // This tree, changed or not, as a commit of a repository of its own; the provider that is compiled already is taken along.
    private async Task<Harness.Repository> CommittedCopyAsync()
    {
        var copy = workbench.Scratch.CreateSubdirectory("readme").FullName;
        await Shell(
            $"git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for file; do test ! -e \"$file\" || cp --parents \"$file\" {copy}; " +
            "done' sh",
            workbench.Checkout.Root);
        await new ProviderProgram(workbench.Checkout).EnsureAsync(Stop);
        await Shell($"mkdir {copy}/.causeway && cp -r .causeway/provider {copy}/.causeway/", workbench.Checkout.Root);
        await Shell("git init --quiet && git add --all && git -c user.name=test -c user.email=test@example.com commit --quiet --message base", copy);

        return new Harness.Repository(copy);
    }

    private static Task Shell(string script, string folder) => CommandLine.Of("sh", "-c", script).In(folder).RunAsync(Stop);
}
