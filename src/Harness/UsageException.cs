namespace Causeway.Harness;

/// <summary>The command was called with something that does not exist or does not go together. Exit code 2.</summary>
public sealed class UsageException(string message, string remedy) : Exception(message)
{
    public string Remedy { get; } = remedy;
}
