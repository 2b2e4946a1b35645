namespace Causeway.Provider.Schemas;

/// <summary>
/// Marks what must not be shown. The packages that schemas are generated from do not say what is sensitive: the traits do, by path, and an argument
/// whose name says that it takes a secret counts as one, in every type. (A read-only attribute is marked by the traits alone: a name too many there
/// would forbid outputs that the real provider allows.)
/// </summary>
internal static class Secrets
{
    private static readonly string[] Endings = [
        "password", "passphrase", "secret", "secret_string", "secret_binary", "secret_key", "client_secret", "private_key", "access_key", "auth_token",
        "api_key"
    ];

    /// <param name="sensitive">Paths, with dots through blocks and lists.</param>
    public static Block Marked(Block block, IReadOnlyList<string> sensitive) => block with
    {
        Attributes = block.Attributes.ToDictionary(attribute => attribute.Key, attribute => Marked(attribute.Key, attribute.Value, sensitive)),
        Blocks = block.Blocks.ToDictionary(
            nested => nested.Key, nested => nested.Value with { Block = Marked(nested.Value.Block, Below(nested.Key, sensitive)) }),
    };

    private static Attribute Marked(string name, Attribute attribute, IReadOnlyList<string> sensitive)
    {
        var below = Below(name, sensitive);

        // Members of an object that is written as one value have no marks of their own: the whole is secret.
        return attribute.Nested is { } nested && !sensitive.Contains(name) ? attribute with { Nested = nested with { Block = Marked(nested.Block, below) } }
            : attribute with { Sensitive = attribute.Sensitive || sensitive.Contains(name) || below is not [] || TakesSecret(name, attribute) };
    }

    private static string[] Below(string name, IReadOnlyList<string> sensitive) =>
        [.. sensitive.Where(path => path.StartsWith($"{name}.", StringComparison.Ordinal)).Select(path => path[(name.Length + 1)..])];

    private static bool TakesSecret(string name, Attribute attribute) =>
        attribute is { ReadOnly: false, Type.Kind: "string" } && Endings.Any(ending => name == ending || name.EndsWith($"_{ending}", StringComparison.Ordinal));
}
