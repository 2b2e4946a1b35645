using System.Text.RegularExpressions;
using Causeway.Harness;
using Causeway.Provider.Planning;

namespace Causeway.Offline.Terraform.Provider.Traits;

/// <summary>
/// What ids and ARNs of AWS resources look like: <c>tests/Fixtures/identities/README.md</c> says where that is from and how it is written.
/// </summary>
internal static partial class IdentityPatterns
{
    private static readonly Dictionary<string, string> Classes = new()
    {
        ["account"] = "[0-9]{12}",
        ["alnum"] = "[A-Za-z0-9]+",
        ["any"] = ".+",
        ["arn"] = "arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}|aws)?:[^ #]+",
        ["bucket"] = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        ["digits"] = "[0-9]+",
        ["hex"] = "[0-9a-f]+",
        ["hex17"] = "0[0-9a-f]{16}",
        ["host"] = "[A-Za-z0-9.-]+(/[A-Za-z0-9]+)*",
        ["name"] = "[A-Za-z0-9_.=@+/-]+",
        ["partition"] = "aws(-[a-z]+)*",
        ["path"] = "[A-Za-z0-9_.=@+/#-]+",
        ["region"] = "[a-z]{2}(-[a-z]+)+-[0-9]",
        ["time"] = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z",
        ["upper"] = "[A-Z0-9]+",
        ["uuid"] = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    };

    /// <summary>The patterns of a resource type's <c>id</c> and <c>arn</c>; null where it has none.</summary>
    public static IReadOnlyDictionary<string, (Regex? Id, Regex? Arn)> ByType { get; } =
        Directory.EnumerateFiles(Harness.Repository.Find().PathTo("tests", "Fixtures", "identities", "aws"), "*.yaml").SelectMany(OfService).ToDictionary();

    /// <exception cref="InvalidDataException">A type stands in the file of another service, or says something besides its id and its ARN.</exception>
    public static IEnumerable<KeyValuePair<string, (Regex? Id, Regex? Arn)>> OfService(string file)
    {
        foreach (var (type, identity) in Yaml.LoadFile(file))
        {
            if (ServicePrefix.Of(type) != Path.GetFileNameWithoutExtension(file))
            {
                throw new InvalidDataException($"{file}: {type} belongs in {ServicePrefix.Of(type)}.yaml.");
            }

            if (identity!.AsObject().FirstOrDefault(member => member.Key is not ("id" or "arn")).Key is { } unknown)
            {
                throw new InvalidDataException($"{file}: {type}.{unknown} is not known: write id, arn or both.");
            }

            var (id, arn) = ((string?)identity["id"], (string?)identity["arn"]);

            yield return KeyValuePair.Create(type, (Pattern(id ?? arn), Pattern(arn)));
        }
    }

    private static Regex? Pattern(string? text) =>
        text is null ? null : new Regex($"^{Bracketed().Replace(text, Class)}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    // `hex16` and the like are 16 characters of their class.
    private static string Class(Match bracketed)
    {
        var name = bracketed.Groups["name"].Value;
        var size = bracketed.Groups["size"].Value;

        return Classes.TryGetValue($"{name}{size}", out var known) ? known : $"{Classes[name].TrimEnd('+')}{{{size}}}";
    }

    [GeneratedRegex("<(?<name>[a-z]+)(?<size>[0-9]*)>")]
    private static partial Regex Bracketed();
}
