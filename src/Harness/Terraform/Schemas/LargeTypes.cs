using System.Text.RegularExpressions;
using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>
/// What a configuration needs of types with very many attributes. Terraform reads a provider's whole schema at every command, and makes every block of a type
/// in every value of it: <c>aws_wafv2_web_acl</c> has 14,000 attributes, of which a configuration names twenty.
/// </summary>
/// <param name="folders">The folders of the root and of every module it reaches, and those of what was applied before.</param>
internal sealed partial class LargeTypes(IEnumerable<string> folders)
{
    // Attributes of a type above which it slows down every command of every root.
    private const int Large = 5000;

    // Every word in the files of configurations and states.
    private readonly Lazy<HashSet<string>> words = new(() => [
        .. folders.Distinct()
            .Where(Directory.Exists)
            .SelectMany(folder => (string[])[.. Configuration.Files(folder), .. Directory.EnumerateFiles(folder, "*.tfstate")])
            .SelectMany(file => Word().Matches(SourceText.Read(file)))
            .Select(word => word.Value),
    ]);

    /// <summary>The schema without what is not needed.</summary>
    /// <param name="isUsed">Whether the configuration may have resources of a type. One that it has not is left out, if it is large.</param>
    public ProviderSchema Cut(ProviderSchema schema, Func<string, bool> isUsed)
    {
        string[] large = [.. schema.Resources.Where(type => type.Value.Values.Sum(Size) > Large).Select(type => type.Key)];

        if (large is [])
        {
            return schema;
        }

        var left = schema.Resources.Where(type => !large.Contains(type.Key) || isUsed(type.Key))
            .ToDictionary(type => type.Key, type => large.Contains(type.Key) ? Cut(type.Value) : type.Value);

        return schema with { Resources = new SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>>(left, StringComparer.Ordinal) };
    }

    // A block that may be left out and that nothing names is never written, read or made.
    private SortedDictionary<string, MemberSchema> Cut(IReadOnlyDictionary<string, MemberSchema> members) => new(
        members.Where(member => member.Value is not NestedSchema { IsOptionalBlock: true } || words.Value.Contains(member.Key))
            .ToDictionary(
                member => member.Key, member => member.Value is NestedSchema nested ? nested with { Members = Cut(nested.Members) } : member.Value),
        StringComparer.Ordinal);

    private static int Size(MemberSchema member) => member is NestedSchema nested ? 1 + nested.Members.Values.Sum(Size) : 1;

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
