namespace Causeway.Harness.Tools;

/// <summary><c>dotnet format</c>, for the layout that <c>.editorconfig</c> states. Names, modifiers and the rest of it are checked by the build.</summary>
public static class CSharpFormat
{
    /// <summary>Changes nothing, and ends with an error for each line that is laid out otherwise. It loads no project.</summary>
    /// <param name="files">Relative to the repository.</param>
    public static CommandLine Verification(Repository repository, IEnumerable<string> files) => CommandLine
        .Of("dotnet", ["format", "whitespace", ".", "--folder", "--verify-no-changes", "--include", .. files])
        .In(repository.Root);
}
