using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness;
using Causeway.Provider.Cloud;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>
/// A root configuration of its own with a simulated cloud of its own, run by the real Terraform with the providers of tests/Fixtures/provider.
/// </summary>
internal sealed partial class TerraformFolder
{
    private readonly CommandLine terraform;

    private TerraformFolder(string path, ProviderInstallation mirror)
    {
        Path = path;
        terraform = mirror.Terraform.In(path).With("CAUSEWAY_CLOUD", CloudPath);
    }

    public string Path { get; }

    public string CloudPath => System.IO.Path.Combine(Path, "cloud.jsonl");

    /// <summary>Terraform as it is started here: for what this class does not do.</summary>
    public CommandLine Terraform => terraform;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="configuration">Its <c>main.tf</c>.</param>
    /// <param name="files">Others, by name.</param>
    public static async Task<TerraformFolder> WithAsync(Workbench workbench, string configuration, params (string Name, string Content)[] files)
    {
        var mirror = await ProviderInstallation.OfAsync(workbench);
        var folder = new TerraformFolder(
            Directory.CreateDirectory(System.IO.Path.Combine(workbench.Scratch.FullName, $"terraform-{Guid.NewGuid():N}")).FullName, mirror);
        folder.Configure(configuration, files);
        await CommandLine.Of("cp", "-r", $"{mirror.Initialised}/.terraform", $"{mirror.Initialised}/.terraform.lock.hcl", folder.Path).RunAsync(Stop);

        // Modules need what only Terraform itself writes.
        if (files.Any(file => file.Name.Contains('/', StringComparison.Ordinal)))
        {
            await folder.RunAsync("init");
        }

        return folder;
    }

    /// <summary>Writes another configuration in its place.</summary>
    public void Configure(string configuration, params (string Name, string Content)[] files)
    {
        foreach (var (name, content) in files.Prepend(("main.tf", Required(configuration))))
        {
            var file = System.IO.Path.Combine(Path, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, name.EndsWith("/main.tf", StringComparison.Ordinal) ? Required(content) : content);
        }
    }

    /// <summary>Runs Terraform, whatever comes of it. No command may leave a provider behind.</summary>
    public async Task<CommandResult> TryAsync(params IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        var result = await (terraform with { Arguments = [all[0], .. all[0] is "output" or "state" ? Array.Empty<string>() : ["-no-color"], .. all[1..]] })
            .TryRunAsync(Stop);
        Assert.Empty(Providers());

        return result;
    }

    /// <summary>The providers that run for this folder: those with this folder's cloud in their environment.</summary>
    public IReadOnlyList<int> Providers() => [.. Process.GetProcesses().Where(IsProvider).Select(process => process.Id)];

    /// <summary>Fails the test where Terraform fails.</summary>
    public async Task<CommandResult> RunAsync(params IEnumerable<string> arguments)
    {
        var result = await TryAsync(arguments);
        Assert.True(result.ExitCode is 0, $"terraform {string.Join(' ', arguments)}: {result.ExitCode}\n{result.Output}\n{result.Error}");

        return result;
    }

    /// <summary>Applies, and plans again: nothing may be left to do.</summary>
    /// <returns>What was done, such as <c>create aws_vpc.main</c>, in order of text.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(params IEnumerable<string> arguments)
    {
        var applied = await RunAsync(["apply", "-auto-approve", .. arguments]);
        await MustBeDoneAsync();

        return Actions(applied.Output);
    }

    public async Task MustBeDoneAsync()
    {
        var second = await TryAsync("plan", "-detailed-exitcode", "-lock=false");
        Assert.True(second.ExitCode is 0, $"The second plan is not empty ({second.ExitCode}).\n{second.Output}\n{second.Error}");
    }

    /// <summary>What Terraform would do.</summary>
    public async Task<IReadOnlyList<string>> PlanAsync(params IEnumerable<string> arguments) =>
        Actions((await RunAsync(["plan", "-lock=false", .. arguments])).Output);

    /// <summary>Terraform says no.</summary>
    /// <returns>All it said, in one line, without the frames it draws.</returns>
    public async Task<string> RefusedAsync(params IEnumerable<string> arguments)
    {
        var result = await TryAsync(arguments);
        Assert.True(result.ExitCode is 1, $"terraform {string.Join(' ', arguments)} was to fail: {result.ExitCode}\n{result.Output}\n{result.Error}");

        return Blanks().Replace($"{result.Output} {result.Error}".Replace('│', ' '), " ");
    }

    public async Task<JsonNode?> OutputAsync(string name) => JsonNode.Parse((await RunAsync("output", "-json", name)).Output);

    /// <summary>What exists in the simulated cloud.</summary>
    public IReadOnlyCollection<CloudResource> Resources()
    {
        using var cloud = new SimulatedCloud(CloudPath);

        return cloud.Resources();
    }

    /// <summary>Deletes a resource behind Terraform's back, as another program would.</summary>
    public void Delete(Func<CloudResource, bool> which)
    {
        using var cloud = new SimulatedCloud(CloudPath);
        cloud.Change(resources => (null, resources.Single(which).Key));
    }

    public string State => File.ReadAllText(System.IO.Path.Combine(Path, "terraform.tfstate"));

    private bool IsProvider(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains("Provider\0", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{process.Id}/environ").Contains($"CAUSEWAY_CLOUD={CloudPath}\0", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Required(string configuration) =>
        configuration.Contains("sample_", StringComparison.Ordinal) && !configuration.Contains("required_providers", StringComparison.Ordinal)
            ? $"terraform {{\n  required_providers {{\n    sample = {{ source = \"causeway/sample\" }}\n  }}\n}}\n{configuration}"
            : configuration;

    private static string[] Actions(string plan) =>
        [.. Action().Matches(plan).Select(match => $"{Verb(match.Groups["what"].Value)} {match.Groups["address"].Value}").Order(StringComparer.Ordinal)];

    private static string Verb(string what) => what switch
    {
        "will be created" => "create",
        "will be destroyed" => "destroy",
        "will be updated in-place" => "update",
        "must be replaced" or "will be replaced, as requested" or "is tainted, so must be replaced" => "replace",
        "will be imported" => "import",
        "will no longer be managed by Terraform" => "forget",
        "will be read during apply" => "read",
        _ => what.StartsWith("will be replaced", StringComparison.Ordinal) ? "replace" : what.Replace("has moved to ", "move to ", StringComparison.Ordinal),
    };

    [GeneratedRegex(
        @"^ +# (?<address>\S+)(?: \(deposed object \w+\))? " +
        @"(?<what>will be .*|must be replaced|is tainted, so must be replaced|has moved to \S+|will no longer be .*?)(?:,.*| #.*)?$",
        RegexOptions.Multiline)]
    private static partial Regex Action();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
