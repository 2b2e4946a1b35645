using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Providers;

namespace Causeway.Offline.Terraform;

/// <summary>The README's example of a plan is what one gets who does what it says.</summary>
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
