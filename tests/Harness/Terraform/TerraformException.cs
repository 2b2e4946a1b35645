namespace Causeway.Harness.Terraform;

/// <summary>Terraform said no. The message names the command, the folder, and every error with its place.</summary>
/// <param name="command">Terraform's own command, for example <c>plan</c>.</param>
/// <param name="root">The folder of the tree (not of the working copy) it ran for.</param>
/// <param name="diagnostics">What it complained about; empty where it did not say so in machine-readable form.</param>
/// <param name="output">The last lines it printed, for a person.</param>
/// <param name="remedy">The way out.</param>
public sealed class TerraformException(string command, string root, IReadOnlyList<Diagnostic> diagnostics, string output, string? remedy = null)
    : Exception(Text(command, root, diagnostics, output))
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;

    public string Root { get; } = root;

    /// <summary>What the reader can do about it.</summary>
    public string Remedy { get; } = remedy ?? (command == "init"
        ? "Correct what is named above; a provider that is not found needs its schema file (docs/terraform.md), a module that is not found a folder (`--modules`)."
        : "Correct the lines named above and run the command again.");

    private static string Text(string command, string root, IReadOnlyList<Diagnostic> diagnostics, string output)
    {
        Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.IsError)];
        var what = errors is [] ? output.Trim() : string.Join('\n', errors.Select(error => error.ToString()));

        return $"terraform {command} failed in {root}:\n{what}";
    }
}
