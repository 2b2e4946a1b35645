namespace Causeway.Harness.Terraform.ModuleSources;

/// <summary>
/// A program that stands in for git where Terraform fetches modules: it “clones” the folders of this machine that were found for repositories, and nothing
/// else.
/// Terraform calls git for every git source: https://developer.hashicorp.com/terraform/language/modules/sources#generic-git-repository
/// </summary>
internal static class OfflineGit
{
    // Whatever follows the clone (checkout, submodule update) has nothing to do: the folder is used as it is, whichever ref was asked for.
    // The folder is linked, not copied, as Terraform itself does with a local package.
    private const string Program = """
        #!/bin/sh
        [ "$1" = clone ] || exit 0
        for argument; do url=$folder folder=$argument; done
        name=${url%%\?*}
        name=${name%/}
        name=${name##*[/:]}
        found=$(readlink "${0%/*}/repositories/${name%.git}") || {
            echo "there is no network here, and no folder stands in for $url: name one with --modules" >&2
            exit 1
        }
        mkdir -p "$(dirname "$folder")" && rm -rf "$folder" && ln -s "$found" "$folder"

        """;

    /// <summary>Writes the program.</summary>
    /// <param name="folder">Where to; what was there is replaced.</param>
    /// <param name="repositories">Folders by the name of the repository, without <c>.git</c>.</param>
    /// <returns>The folder to put before all others of <c>PATH</c>.</returns>
    public static string Write(string folder, IReadOnlyDictionary<string, string> repositories)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(folder, "repositories"));

        foreach (var (name, target) in repositories)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, "repositories", name), Path.GetFullPath(target));
        }

        var program = Path.Combine(folder, "git");
        File.WriteAllText(program, Program);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        return folder;
    }
}
