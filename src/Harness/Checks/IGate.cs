namespace Causeway.Harness.Checks;

/// <summary>
/// A part of <c>causeway check</c>: one way of looking at the repository as its files are now. Found by what it implements, so that adding one is a new file
/// in <c>Gates/</c>. Gates run beside each other, so none of them changes a file that another reads.
/// </summary>
public interface IGate
{
    /// <summary>What is looked at, as the table calls it.</summary>
    string Name { get; }

    /// <summary>Takes a few seconds at most, so that it is in the part before a commit, too.</summary>
    bool IsQuick { get; }

    /// <summary>The gate that has to be over before, if there is one.</summary>
    Type? After => null;

    /// <summary>Whether a file decides about it. Gates that a change concerns begin first; the others run as well.</summary>
    /// <param name="file">Relative to the repository.</param>
    bool IsAbout(string file);

    /// <summary>Looks, and says of each item how it went. What it throws is a failure of the whole gate.</summary>
    Task RunAsync(CheckContext context, Tally tally, CancellationToken stop);
}
