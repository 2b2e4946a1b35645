using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Providers;

namespace Causeway.Harness.Terraform.Running;

/// <summary>A root with all that Terraform needs to run in it: written once, before its first command.</summary>
internal sealed class PreparedRoot : IAsyncDisposable
{
    private readonly string folder;
    private readonly string own;
    private readonly string shown;
    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly IReadOnlyDictionary<string, string> whenFetching;
    private readonly ResidentProviders? resident;

    private PreparedRoot(string folder, string own, string shown, TerraformOptions options, Installation? installation)
    {
        (this.folder, this.own, this.shown, Installation) = (folder, own, shown, installation);
        variables = Variables(own, options);
        whenFetching = installation is null ? new Dictionary<string, string>() : WhenFetching(installation, options);
        resident = installation is null ? null : new(installation.Program, installation.Providers, ProviderIn(folder, options));
    }

    /// <summary>What replaces the network; null in a real run.</summary>
    public Installation? Installation { get; }

    /// <summary>Writes Terraform's settings, the override of the backend and what is given for the run.</summary>
    /// <param name="folder">The root in its working copy.</param>
    /// <param name="own">Where Terraform keeps what it needs for this root alone.</param>
    /// <param name="original">The root in the tree.</param>
    /// <param name="shown">The root as the user knows it.</param>
    public static async Task<PreparedRoot> CreateAsync(
        Repository repository, string folder, string own, string original, string shown, TerraformOptions options, CancellationToken stop)
    {
        Directory.CreateDirectory(own);

        Installation? installation = null;

        if (!options.Real)
        {
            new GivenResources(folder, options.Cloud!).Bring(options.Given);
            installation = await Installation.PrepareAsync(repository, folder, own, original, shown, options, stop);
            await File.WriteAllTextAsync(Settings(own), installation.Configuration, stop);
        }

        if (StateFile(options, folder, own) is not null)
        {
            // Without a path: roots that share the folder each give their own to `init`.
            OverrideFile.Write(Path.Combine(folder, TerraformRoot.Override), "terraform {\n  backend \"local\" {}\n}\n");
        }

        return new(folder, own, shown, options, installation);
    }

    /// <summary>Terraform in this root.</summary>
    public TerraformProgram Program(TerraformOptions options) =>
        new(folder, own, shown, options, variables) { WhenFetching = whenFetching, Resident = resident };

    public async ValueTask DisposeAsync()
    {
        if (resident is not null)
        {
            await resident.DisposeAsync();
        }

        if (Installation is not null)
        {
            await Installation.DisposeAsync();
        }
    }


    /// <summary>The state's file on this machine, where the root's backend is replaced by one; null where Terraform or the backend chooses it.</summary>
    public static string? StateFile(TerraformOptions options, string folder, string own) =>
        options.Real ? options.FirstState : options.State ?? (HasBackend(folder) ? Path.Combine(own, "terraform.tfstate") : null);

    /// <summary>The configuration says itself where its state lies.</summary>
    public static bool HasBackend(string folder) =>
        Configuration.ReadFolder(folder)
            .Where(block => block.Type == "terraform")
            .SelectMany(block => block.Blocks)
            .Any(block => block.Type is "backend" or "cloud");

    // Without the mark of what runs in the copy: it ends by itself after the Terraform that uses it.
    private CommandLine ProviderIn(string folder, TerraformOptions options) => CommandLine.Of("") with
    {
        Folder = folder,
        Hides = name => TerraformProgram.IsHidden(name, options),
        Variables = variables.Where(pair => pair.Key != RunningTerraform.Mark).ToDictionary(),
    };

    private static string Settings(string own) => Path.Combine(own, "terraform.rc");

    private static Dictionary<string, string> Variables(string own, TerraformOptions options)
    {
        var variables = new Dictionary<string, string>
        {
            [RunningTerraform.Mark] = Path.Combine(own, "data"),
            ["TF_IN_AUTOMATION"] = "1",
            ["CHECKPOINT_DISABLE"] = "1",
        };

        if (!options.Real)
        {
            variables["TF_CLI_CONFIG_FILE"] = Settings(own);
            variables["CAUSEWAY_CLOUD"] = options.Cloud!;

            // Commands of a second spend up to a quarter of their CPU on collecting garbage. Not in a real run: the providers there are written in Go too.
            variables["GOGC"] = "400";
        }

        if (options.AllowPrograms)
        {
            variables["CAUSEWAY_ALLOW_PROGRAMS"] = "1";
        }

        foreach (var (name, value) in options.Environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    // Git is a program of ours. Proxy to a closed port, so a missed download fails. Go skips proxies for loopback.
    private static Dictionary<string, string> WhenFetching(Installation installation, TerraformOptions options) => new()
    {
        ["PATH"] = $"{installation.Git}:{options.Environment.GetValueOrDefault("PATH", System.Environment.GetEnvironmentVariable("PATH") ?? "")}",
        ["HTTP_PROXY"] = "http://127.0.0.1:9",
        ["HTTPS_PROXY"] = "http://127.0.0.1:9",
        ["NO_PROXY"] = "",
    };
}
