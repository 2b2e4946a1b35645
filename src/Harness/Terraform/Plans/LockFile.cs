namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// Terraform's record of which packages of providers a root takes, with their hashes. A hermetic run takes no package and needs none; in a real run
/// whatever the registry serves would be taken without it.
/// </summary>
public static class LockFile
{
    /// <summary>Its name, which Terraform decides: https://developer.hashicorp.com/terraform/language/files/dependency-lock.</summary>
    public const string Name = ".terraform.lock.hcl";

    /// <param name="folders">Roots of a real run.</param>
    /// <exception cref="PlatformException">A root has no lock file; the remedy says how to make it.</exception>
    public static void Expect(Repository repository, IEnumerable<string> folders)
    {
        string[] without = [
            .. folders.Distinct().Where(folder => !File.Exists(Path.Combine(folder, Name))).Select(folder => Path.GetRelativePath(repository.Root, folder))
        ];

        if (without is not [])
        {
            throw new PlatformException(
                $"{without.Length} {(without.Length is 1 ? "root has" : "roots have")} no {Name}: a real run would take whatever package the registry serves.",
                "Record the packages that you trust, for the machines that will run it, and commit the file: " +
                $"`./causeway tf --real -chdir={without[0]} providers lock -platform=linux_amd64 -platform=linux_arm64`.",
                string.Join('\n', without));
        }
    }
}
