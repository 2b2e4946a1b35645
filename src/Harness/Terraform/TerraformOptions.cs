namespace Causeway.Harness.Terraform;

/// <summary>How Terraform is run. Everything has a default but where the state and the simulated cloud lie: in the working copy.</summary>
public sealed record TerraformOptions
{
    /// <summary>
    /// Only for <see cref="Real"/> = false: the simulated cloud's file. Roots that share it see each other's resources. Default: one of the working copy's own.
    /// </summary>
    public string? Cloud { get; init; }

    /// <summary>State file. Default: one of the working copy's own. Ignored when <see cref="Real"/>.</summary>
    public string? State { get; init; }

    /// <summary>The registry's providers, the configuration's own backend and the user's credentials instead of the simulated cloud.</summary>
    public bool Real { get; init; } = System.Environment.GetEnvironmentVariable("CAUSEWAY_PROVIDER") == "real";

    /// <summary>Schema files of the providers to offer. Default: those of <c>src/Provider/Schemas</c>.</summary>
    public IReadOnlyList<string>? Schemas { get; init; }

    /// <summary>Trees with all configurations that are applied to the same state and cloud, one after the other, where that is more than one.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>
    /// Folders in which registry modules are looked for: <c>&lt;folder&gt;/ns/name/provider</c> or <c>&lt;folder&gt;/terraform-provider-name</c>.
    /// </summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>
    /// Files that declare what exists outside of the run (<c>GivenResource.Read</c> says how). One beside the root's files is read without being named.
    /// </summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Start the configuration's own programs: <c>local-exec</c>, <c>data "external"</c>, <c>data "local_command"</c>.</summary>
    public bool AllowPrograms { get; init; }

    /// <summary>Input variables; a text is passed as it is, anything else as JSON, which Terraform reads as an expression.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    /// <summary>Files of input variables, absolute or relative to the root.</summary>
    public IReadOnlyList<string> VariableFiles { get; init; } = [];

    /// <summary>Environment variables of Terraform and the provider.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Arguments of <c>-backend-config</c>, for a real run.</summary>
    public IReadOnlyList<string> BackendConfig { get; init; } = [];

    /// <summary>
    /// Only for <see cref="Real"/>: a file that the state lies in until what its backend needs is there. Then <c>TerraformRoot.MoveStateAsync</c> moves it.
    /// </summary>
    public string? FirstState { get; init; }

    /// <summary>What is applied lasts, like a real environment: it is never destroyed because the process that applied it ended or was killed.</summary>
    public bool Lasts { get; init; }

    /// <summary>Receives every line Terraform prints, in a person's form, as it appears.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Receives what takes long and how far it is: a few lines, and only where there is something to wait for.</summary>
    public Action<string>? OnProgress { get; init; }

    /// <summary>How long one command may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long Terraform gets, after a timeout or a cancellation, to finish what it is at and save its state.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);
}
