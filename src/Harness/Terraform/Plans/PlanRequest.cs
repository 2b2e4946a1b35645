using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Copies;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>What <c>causeway plan</c> was asked for.</summary>
public sealed record PlanRequest
{
    /// <summary>Only this environment; null: all that have stacks.</summary>
    public string? Environment { get; init; }

    /// <summary>Only this stack; what it needs is applied before, in silence.</summary>
    public string? Stack { get; init; }

    /// <summary>Show what this tree changes after the merge base with this git reference.</summary>
    public string? Against { get; init; }

    /// <summary>A configuration of its own instead of the repository's stacks.</summary>
    public string? Root { get; init; }

    /// <summary>Apply, and fail unless a second plan is empty.</summary>
    public bool Apply { get; init; }

    /// <summary>Destroy at the end, and fail unless nothing is left.</summary>
    public bool Destroy { get; init; }

    public string? Markdown { get; init; }

    public IReadOnlyList<string> Modules { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyList<string> VariableFiles { get; init; } = [];

    /// <summary>Files that declare what exists outside of the run.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Start the configuration's own programs.</summary>
    public bool AllowPrograms { get; init; }

    /// <summary>The registry's provider, the environment's backend and the user's credentials.</summary>
    public bool Real { get; init; }

    /// <summary>
    /// The stack makes what its own state lies in: the state is kept in a file until it is applied, and moved then. Where that is done already, as without it.
    /// </summary>
    public bool Bootstrap { get; init; }

    /// <summary>This request, if it can be met at all: asked before anything runs, so that a typo is reported at once and not after a whole plan.</summary>
    /// <exception cref="UsageException">What is asked for does not go together, or names a file or folder that is not there or cannot be written.</exception>
    public PlanRequest Checked()
    {
        if (new[] { Environment, Stack }.FirstOrDefault(name => name?.StartsWith('-') ?? false) is { } option)
        {
            throw new UsageException($"There is no option {option}.", "`./causeway plan --help` names the options there are.");
        }

        if (Modules.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
        {
            throw new UsageException(
                $"--modules: there is no folder {missing}.",
                "Name a folder with modules: <folder>/<namespace>/<name>/<provider> or <folder>/terraform-<provider>-<name>.");
        }

        if (VariableFiles.FirstOrDefault(file => !File.Exists(file)) is { } lost)
        {
            throw new UsageException($"--var-file: there is no file {lost}.", "Name a file of input variables.");
        }

        if (Given.FirstOrDefault(file => !File.Exists(file)) is { } notGiven)
        {
            throw new UsageException(
                $"--given: there is no file {notGiven}.",
                "Name a file that declares what exists outside of the run; docs/terraform.md, “What exists outside of a run”, has its form.");
        }

        foreach (var file in Given)
        {
            _ = GivenResource.Read(file);
        }

        if (Markdown is { } markdown && !IsWritable(markdown))
        {
            throw new UsageException($"--markdown: {markdown} cannot be written.", "Name a file in a folder that you may write to.");
        }

        return this switch
        {
            { Root: not null, Environment: not null } => throw new UsageException("--root and an environment do not go together.", "Name one of them."),
            { Root: not null, Against: not null } => throw new UsageException(
                "--root and --against do not go together.", "--against compares this repository's stacks."),
            { Real: true, Against: not null } => throw new UsageException("--real and --against do not go together.", "A real plan is against what is there."),
            { Real: true } when Given is not [] => throw new UsageException("--real and --given do not go together.", "A real plan looks up what is there."),
            { Real: true, Destroy: true, Root: null } => throw new UsageException(
                "plan --real destroys no environment.", "`./causeway destroy <environment> --real` shows what will be gone, and asks before."),
            { Real: true, Destroy: true, Apply: false } => throw new UsageException(
                "--real destroys nothing without --apply.", "Add --apply if that is what you want."),
            { Bootstrap: true } when this is not { Real: true, Apply: true, Environment: not null, Stack: not null } => throw new UsageException(
                "--bootstrap goes with one stack of one environment, --real and --apply.",
                "The bucket of an environment's states: `./causeway plan <environment> account --real --apply --bootstrap`."),
            { Root: { } root } when !Directory.Exists(root) => throw new UsageException(
                $"There is no folder {root}.", "Name the folder that holds the root's *.tf files."),
            _ => this,
        };
    }

    /// <summary>How its stacks are planned: a real plan that is not applied takes no lock, so that a role that may only read can make it.</summary>
    internal PlanScope Scope => new() { Lock = Apply || !Real };

    /// <summary>How they are destroyed: an account may have changed since the second plan, a simulated cloud has not.</summary>
    internal PlanScope ScopeOfDestroy => new() { Refresh = Real || !Apply };

    /// <summary>How Terraform is run for this request, without what depends on the stack.</summary>
    /// <param name="print">Receives what takes long.</param>
    internal TerraformOptions Options(ISteps steps, Action<string> print) => new()
    {
        Real = Real,
        Modules = Modules,
        VariableFiles = [.. VariableFiles.Select(Path.GetFullPath)],
        Given = [.. Given.Select(Path.GetFullPath)],
        AllowPrograms = AllowPrograms,
        OnLine = steps.Detail,
        OnProgress = print,
    };

    /// <summary>The same for one stack in an environment.</summary>
    /// <param name="copy">Where the state lies in a hermetic run.</param>
    internal TerraformOptions For(StackInstance instance, TerraformOptions options, WorkingCopy copy, Stacks stacks) => options with
    {
        State = Path.Combine(copy.Folder, instance.StateKey),
        BackendConfig = Real ? stacks.BackendConfig(instance) : [],
        Lasts = Real,
        Variables = new Dictionary<string, object?>(instance.Variables.Concat(Variables.Where(pair => !instance.Variables.ContainsKey(pair.Key)))),
    };

    /// <summary>Whether a stack is asked for, or has to be applied before one that is.</summary>
    internal bool Concerns(Stacks stacks, StackInstance instance) =>
        Stack is null
            || instance.Stack == Stack
            || (!Real && stacks.Names().Contains(Stack) && Needed(stacks, instance.Kind, Stack, []).Contains(instance.Stack));

    private static HashSet<string> Needed(Stacks stacks, string kind, string stack, HashSet<string> all)
    {
        foreach (var needed in stacks.NeededBy(kind, stack).Where(all.Add))
        {
            Needed(stacks, kind, needed, all);
        }

        return all;
    }

    private static bool IsWritable(string file)
    {
        try
        {
            var isNew = !File.Exists(file);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using (File.Open(file, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            if (isNew)
            {
                File.Delete(file);
            }

            return true;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
