namespace Causeway.Harness.Terraform;

/// <summary>Which providers a configuration asks for, and in which versions.</summary>
public static class RequiredProviders
{
    private const string Builtin = "terraform";

    private static readonly string[] OfTypes = ["resource", "data", "ephemeral"];

    /// <summary>The constraints by source (<c>registry.terraform.io/hashicorp/aws</c>), from every folder; a provider that is only used has none.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<VersionConstraint>> In(IEnumerable<string> folders)
    {
        var all = new SortedDictionary<string, List<VersionConstraint>>(StringComparer.Ordinal);

        foreach (var folder in folders)
        {
            var blocks = Hcl.ReadFolder(folder).Concat(TestFiles.In(folder).SelectMany(Hcl.ReadFile).Where(block => block.Type == "provider")).ToArray();
            var declared = blocks.Where(block => block.Type == Builtin).SelectMany(block => block.Blocks).Where(block => block.Type == "required_providers").SelectMany(Declared).ToLookup(pair => pair.Name);

            foreach (var (name, source, version) in declared.SelectMany(group => group).Concat(Used(blocks).Where(name => !declared.Contains(name)).Select(name => (Name: name, Source: (string?)null, Version: (string?)null))))
            {
                var full = Full(source ?? $"hashicorp/{name}");

                if (name == Builtin || full.StartsWith("terraform.io/builtin/", StringComparison.Ordinal))
                {
                    continue;
                }

                if (!all.TryGetValue(full, out var constraints))
                {
                    all[full] = constraints = [];
                }

                if (version is not null)
                {
                    constraints.Add(new VersionConstraint(version));
                }
            }
        }

        return all.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<VersionConstraint>)pair.Value);
    }

    /// <summary>The version to offer: the schema's own where every constraint accepts it, else the lowest one they all accept.</summary>
    /// <exception cref="InvalidDataException">No version satisfies all constraints.</exception>
    public static string Offer(string source, string own, IReadOnlyList<VersionConstraint> constraints) =>
        constraints.All(constraint => constraint.Accepts(own))
            ? own
            : constraints[0].Lowest(constraints.Skip(1)) ?? throw new InvalidDataException($"{source}: no version satisfies {string.Join(" and ", constraints.Select(constraint => $"“{constraint.Text}”").Distinct())}. Make the modules' constraints overlap.");

    private static IEnumerable<(string Name, string? Source, string? Version)> Declared(HclBlock required) =>
        required.Objects.Select(pair => (pair.Key, pair.Value.GetValueOrDefault("source"), pair.Value.GetValueOrDefault("version")))
            .Concat(required.Texts.Select(pair => (pair.Key, (string?)null, (string?)pair.Value)));

    private static IEnumerable<string> Used(IEnumerable<HclBlock> blocks) =>
        blocks.Where(block => block is { Type: "provider", Labels: [_] } || (OfTypes.Contains(block.Type) && block.Labels is [_, _]))
            .Select(block => block.Labels[0].Split('_')[0])
            .Distinct();

    private static string Full(string source) => source.Split('/') switch
    {
        [var name] => $"registry.terraform.io/hashicorp/{name}",
        [_, _] => $"registry.terraform.io/{source}",
        _ => source,
    };
}
