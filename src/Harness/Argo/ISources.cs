namespace Causeway.Harness.Argo;

/// <summary>Git repositories as folders.</summary>
public interface ISources
{
    /// <summary>The folder with a repository's files at a revision.</summary>
    /// <param name="place">Who asks, for messages.</param>
    /// <exception cref="InvalidDataException">It is a repository whose files cannot be had here.</exception>
    Task<string> FolderAsync(string repository, string revision, string place, CancellationToken stop);
}
