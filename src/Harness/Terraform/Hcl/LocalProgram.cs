namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A program of the configuration's choice that an apply or a destroy starts on this machine: a <c>local-exec</c> provisioner.</summary>
/// <param name="Resource">The resource it belongs to, in its module.</param>
/// <param name="Command">As written, as far as it is spelt out.</param>
internal sealed record LocalProgram(string Resource, string Command, string File, int Line)
{
    /// <summary>Those in the files of some folders.</summary>
    public static IReadOnlyList<LocalProgram> In(IEnumerable<string> folders) =>
    [
        .. folders.Where(Directory.Exists).SelectMany(Configuration.Files).Where(file => file.EndsWith(".tf", StringComparison.Ordinal)).SelectMany(file =>
            HclBody.OfText(SourceText.Read(file))
                .Of("resource")
                .SelectMany(resource => resource.Body.Of("provisioner").Where(provisioner => provisioner.Labels is ["local-exec"])
                .Select(provisioner => new LocalProgram(
                    string.Join('.', resource.Labels),
                    string.Join(' ', (provisioner.Body.Attributes.GetValueOrDefault("command") ?? []).Select(token => token.Value)).Trim().Split('\n')[0],
                    file,
                    provisioner.Line)))),
    ];
}
