namespace Causeway.Harness.Terraform;

/// <summary>Terraform refused. The message names the command, the folder, and every error with its place.</summary>
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

    /// <summary>The bucket that the state should lie in is not there.</summary>
    public bool IsBucketMissing { get; } = Says(diagnostics, output, "referenced S3 bucket must have been", "NoSuchBucket");

    /// <summary>What the reader can do about it.</summary>
    public string Remedy { get; } = remedy ?? (Unset(diagnostics) is { Length: > 0 } unset
        ? $"Give each variable a value: {string.Join(' ', unset.Select(name => $"--var \"{name}=…\""))}, or --var-file with a file that sets them."
        : LacksAccess(diagnostics, output)
        ? "Log in to the environment's account (AWS_PROFILE with `aws sso login`, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY) with access to its bucket " +
            "causeway-state-<account>-<region>; terraform/stacks/aws/README.md says how the bucket is made (--bootstrap)."
        : command == "init"
            ? "Correct what is named above. A module that is not found needs a folder (`--modules`), a provider that is not found a package in `providers` " +
                "of build/tools.yaml (docs/terraform.md, “Providers that are known”)."
            : "Correct the lines named above and run the command again.");

    // The simulated cloud asks for no access: these are the words of the registry's provider and of the backend in S3.
    private static readonly string[] Denied =
    [
        "valid credential sources", "failed to refresh cached credentials", "error configuring S3 Backend", "referenced S3 bucket must have been",
        "NoSuchBucket", "ExpiredToken", "InvalidAccessKeyId",
        "InvalidClientTokenId", "SignatureDoesNotMatch", "failed to get shared config profile", "UnauthorizedOperation", "StatusCode: 403",
    ];

    // Terraform says it as "The root module input variable "name" is not set, and has no default value."
    private static string[] Unset(IReadOnlyList<Diagnostic> diagnostics) =>
        [
            .. diagnostics.Where(diagnostic => diagnostic.Summary is "No value for required variable")
                .Select(diagnostic => diagnostic.Detail.Split('"') is [_, var name, ..] ? name : "name")
                .Distinct()
        ];

    private static bool LacksAccess(IReadOnlyList<Diagnostic> diagnostics, string output) => Says(diagnostics, output, Denied);

    private static bool Says(IReadOnlyList<Diagnostic> diagnostics, string output, params string[] words)
    {
        string[] said = [output, .. diagnostics.Where(diagnostic => diagnostic.IsError).Select(diagnostic => diagnostic.ToString())];

        return words.Any(word => said.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Text(string command, string root, IReadOnlyList<Diagnostic> diagnostics, string output)
    {
        Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.IsError)];
        var what = errors is [] ? output.Trim() : string.Join('\n', errors.Select(error => error.ToString()));

        return $"terraform {command} failed in {root}:\n{what}";
    }
}
