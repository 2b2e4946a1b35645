using Causeway.Harness;
using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>The providers of tests/Fixtures/provider as Terraform finds them, and a folder initialised with them.</summary>
/// <param name="Terraform">The command with the environment it needs.</param>
/// <param name="Initialised">Holds <c>.terraform</c> and the lock file, to copy.</param>
internal sealed record ProviderInstallation(CommandLine Terraform, string Initialised)
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static ProviderInstallation? made;

    /// <summary>Made once for all tests of the run.</summary>
    public static async Task<ProviderInstallation> OfAsync(Workbench workbench)
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);

        try
        {
            return made ??= await MakeAsync(workbench);
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<ProviderInstallation> MakeAsync(Workbench workbench)
    {
        // In a folder of its own, which goes with the run.
        var folder = Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, "mirror")).FullName;
        var executable = await new ProviderProgram(workbench.Checkout).EnsureAsync(TestContext.Current.CancellationToken);
        var mirror = new ProviderMirror(new Harness.Repository(folder)).Ensure([Provider(workbench, "aws"), Provider(workbench, "sample")], executable);
        var settings = Path.Combine(folder, "settings.tfrc");
        await File.WriteAllTextAsync(settings, CliConfiguration.Text(mirror, null, []));
        var terraform = CommandLine.Of("terraform")
            .With("TF_CLI_CONFIG_FILE", settings)
            .With("CHECKPOINT_DISABLE", "1")
            .With("TF_IN_AUTOMATION", "1")
            .With("GOGC", "400");
        var initialised = Directory.CreateDirectory(Path.Combine(folder, "initialised")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(initialised, "main.tf"),
            "terraform {\n  required_providers {\n    aws    = { source = \"hashicorp/aws\" }\n    sample = { source = \"causeway/sample\" }\n  }\n}\n");
        await (terraform with { Arguments = ["init", "-no-color"] }).In(initialised).RunAsync(TestContext.Current.CancellationToken);

        return new ProviderInstallation(terraform, initialised);
    }

    private static MirroredProvider Provider(Workbench workbench, string name)
    {
        var traits = Path.Combine(workbench.Fixtures, "provider", $"{name}.traits.json");

        return MirroredProvider.Of(Path.Combine(workbench.Fixtures, "provider", $"{name}.json")) with { TraitsFile = File.Exists(traits) ? traits : null };
    }
}
