namespace Causeway.Harness.Terraform;

/// <summary>What <c>causeway plan</c> was asked for.</summary>
public sealed record PlanRequest
{
    /// <summary>Only this environment; null: all of kind <c>aws</c>.</summary>
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

    /// <summary>The registry's provider, the backend in S3 and the user's credentials.</summary>
    public bool Real { get; init; }

    /// <summary>This request, if it can be met at all: asked before anything runs, so that nobody waits for a whole plan to learn of a typo.</summary>
    /// <exception cref="UsageException">What is asked for does not go together, or names a file or folder that is not there or cannot be written.</exception>
    public PlanRequest Checked()
    {
        if (new[] { Environment, Stack }.FirstOrDefault(name => name?.StartsWith('-') ?? false) is { } option)
        {
            throw new UsageException($"There is no option {option}.", "`./causeway plan --help` names the options there are.");
        }

        if (Modules.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
        {
            throw new UsageException($"--modules: there is no folder {missing}.", "Name a folder with modules: <folder>/<namespace>/<name>/<provider> or <folder>/terraform-<provider>-<name>.");
        }

        if (VariableFiles.FirstOrDefault(file => !File.Exists(file)) is { } lost)
        {
            throw new UsageException($"--var-file: there is no file {lost}.", "Name a file of input variables.");
        }

        if (Markdown is { } markdown && !IsWritable(markdown))
        {
            throw new UsageException($"--markdown: {markdown} cannot be written.", "Name a file in a folder that you may write to.");
        }

        return this switch
        {
            { Root: not null, Environment: not null } => throw new UsageException("--root and an environment do not go together.", "Name one of them."),
            { Root: not null, Against: not null } => throw new UsageException("--root and --against do not go together.", "--against compares this repository's stacks."),
            { Real: true, Against: not null } => throw new UsageException("--real and --against do not go together.", "A real plan is against what is there."),
            { Real: true, Destroy: true, Apply: false } => throw new UsageException("--real destroys nothing without --apply.", "Add --apply if that is what you want."),
            { Root: { } root } when !Directory.Exists(root) => throw new UsageException($"There is no folder {root}.", "Name the folder that holds the root's *.tf files."),
            _ => this,
        };
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
