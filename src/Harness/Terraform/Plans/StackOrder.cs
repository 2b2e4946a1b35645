using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// The order in which the stacks of one cloud are applied: a stack comes after another when it looks up (<c>data</c>) what the other makes. Which resource a
/// lookup means is decided by its arguments, as far as the configuration tells them.
/// </summary>
/// <param name="tree">The repository's root, or that of a copy of it: places in messages are relative to it.</param>
/// <param name="folders">The stacks by name.</param>
internal sealed class StackOrder(string tree, IReadOnlyDictionary<string, string> folders)
{
    // Arguments that do not say which resource is meant.
    private static readonly string[] NotNames = ["count", "for_each", "provider", "depends_on", "region", "most_recent"];

    private readonly Dictionary<string, IReadOnlyList<NamedBlock>> read = [];
    private readonly Dictionary<(string Stack, string Other), string?> needs = [];

    /// <summary>Every stack, those that others look at first; otherwise by name.</summary>
    /// <exception cref="InvalidDataException">Two stacks each need what the other makes, or a lookup may mean either of two resources; the message names the
    /// places.</exception>
    public IReadOnlyList<string> All()
    {
        var (ordered, waiting) = (new List<string>(), folders.Keys.Order(StringComparer.Ordinal).ToList());

        while (waiting is not [])
        {
            var next = waiting.FirstOrDefault(stack => !waiting.Any(other => other != stack && Need(stack, other) is not null))
                ?? throw Cycle(waiting);
            ordered.Add(next);
            waiting.Remove(next);
        }

        return ordered;
    }

    /// <summary>The stacks whose resources a stack looks up.</summary>
    /// <exception cref="InvalidDataException">A lookup may mean either of two resources.</exception>
    public IReadOnlyList<string> NeededBy(string stack) =>
        [.. folders.Keys.Order(StringComparer.Ordinal).Where(other => other != stack && folders.ContainsKey(stack) && Need(stack, other) is not null)];

    /// <summary>Why <paramref name="stack"/> comes after <paramref name="other"/>; null where it need not.</summary>
    private string? Need(string stack, string other)
    {
        if (!needs.TryGetValue((stack, other), out var need))
        {
            needs[(stack, other)] = need = Blocks(stack)
                .Where(block => block.IsLookup)
                .Select(lookup => Need(stack, lookup, other))
                .FirstOrDefault(reason => reason is not null);
        }

        return need;
    }

    private string? Need(string stack, NamedBlock lookup, string other)
    {
        NamedBlock[] own = [.. Makers(stack, lookup)];
        NamedBlock[] others = [.. Makers(other, lookup)];

        if (others is [] || lookup.RefersTo(lookup.Type) || (own.Any(lookup.Means) && !others.Any(lookup.Means)))
        {
            return null;
        }

        if (own is not [] && own.Any(lookup.Means) == others.Any(lookup.Means))
        {
            throw new InvalidDataException(
                $"{Place(lookup)} looks up {lookup.Type}{lookup.Asked}, which may be what its own stack {stack} makes ({Place(own[0])}) or what {other} " +
                $"makes ({Place(others[0])}): the order of the stacks cannot be determined. " +
                $"If {stack} makes it, refer to the resource in place of the lookup. " +
                $"If {other} makes it, write the lookup's name as {Place(others[0])} has it.");
        }

        return $"{Place(lookup)} looks up {lookup.Type}, which {Place(others.FirstOrDefault(lookup.Means) ?? others[0])} makes";
    }

    private IEnumerable<NamedBlock> Makers(string stack, NamedBlock lookup) =>
        Blocks(stack).Where(block => !block.IsLookup && block.Type == lookup.Type && lookup.CanMean(block));

    private InvalidDataException Cycle(List<string> waiting)
    {
        // Following needs from any of them must come back to one that was passed.
        var passed = new List<string> { waiting[0] };

        while (true)
        {
            var next = waiting.First(other => other != passed[^1] && Need(passed[^1], other) is not null);

            if (passed.IndexOf(next) is var begin and >= 0)
            {
                string[] circle = [.. passed.Skip(begin), next];

                return new InvalidDataException(
                    $"The stacks {string.Join(", ", circle.Distinct())} each need what another of them makes, so that none can be applied first: " +
                    $"{string.Join("; ", circle.Zip(circle.Skip(1), (one, other) => $"{Need(one, other)}"))}. " +
                    "Move one of these resources to the stack that looks it up, or derive its name.");
            }

            passed.Add(next);
        }
    }

    private IReadOnlyList<NamedBlock> Blocks(string stack)
    {
        if (!read.TryGetValue(stack, out var blocks))
        {
            read[stack] = blocks = [.. ModuleScope.Of(folders[stack]).SelectMany(scope => scope.Blocks
                .Where(pair => pair.Block is { Type: "data" or "resource", Labels: [_, _] })
                .Select(pair => Named(scope, pair.Block, pair.File)))];
        }

        return blocks;
    }

    private static NamedBlock Named(ModuleScope scope, HclBlock block, string file)
    {
        var attributes = block.Body.Attributes.Where(pair => !NotNames.Contains(pair.Key)).ToArray();

        return new(
            block.Type == "data",
            block.Labels[0],
            file,
            block.Line,
            attributes.Where(pair => pair.Key is not "tags").Select(pair => KeyValuePair.Create(pair.Key, scope.Template(pair.Value)))
                .Concat(block.Body.Attributes.TryGetValue("tags", out var tags)
                    ? scope.Members(tags).Select(pair => KeyValuePair.Create($"tags.{pair.Key}", pair.Value))
                    : [])
                .Concat(Filters(scope, block))
                .DistinctBy(pair => pair.Key)
                .ToDictionary(pair => pair.Key, pair => pair.Value),
            [
                .. attributes.SelectMany(pair => pair.Value)
                    .SelectMany(token => token.Kind is HclKind.Text ? HclToken.Of(token.Value) : [token])
                    .Select(token => token.Value)
            ]);
    }

    // filter { name = "tag:Name", values = ["…"] }
    private static IEnumerable<KeyValuePair<string, NameTemplate>> Filters(ModuleScope scope, HclBlock block) =>
        block.Body.Of("filter")
            .Select(filter => (Name: filter.Body.Literal("name") ?? "", Values: filter.Body.Attributes.GetValueOrDefault("values")))
            .Where(filter => filter.Values is [{ Value: "[" }, .., { Value: "]" }] && !filter.Values.Any(token => token.Is(',')))
            .Select(filter => KeyValuePair.Create(
                filter.Name.Replace("tag:", "tags.", StringComparison.Ordinal), scope.Template([.. filter.Values!.Skip(1).SkipLast(1)])));

    private string Place(NamedBlock block) => $"{Path.GetRelativePath(tree, block.File)}:{block.Line}";

    /// <summary>A resource or a lookup, with what its arguments say.</summary>
    private sealed record NamedBlock(
        bool IsLookup, string Type, string File, int Line, IReadOnlyDictionary<string, NameTemplate> Names, IReadOnlyList<string> Words)
    {
        /// <summary>What is asked for, for a message.</summary>
        public string Asked => Names.Count == 0 ? " without a name" : $" ({string.Join(", ", Names.Select(pair => $"{pair.Key} = {pair.Value}"))})";

        /// <summary>An argument comes from a resource of this type.</summary>
        public bool RefersTo(string type) => Words.Where((word, at) => word == type && Words.ElementAtOrDefault(at - 2) is not "data").Any();

        /// <summary>No argument that both have speaks against it.</summary>
        public bool CanMean(NamedBlock resource) => Shared(resource).All(pair => pair.Asked.CanBe(pair.Made));

        /// <summary>An argument that both have is the same text.</summary>
        public bool Means(NamedBlock resource) => Shared(resource).Any(pair => pair.Asked.IsSameAs(pair.Made));

        private IEnumerable<(NameTemplate Asked, NameTemplate Made)> Shared(NamedBlock resource) =>
            Names.Where(pair => resource.Names.ContainsKey(pair.Key)).Select(pair => (pair.Value, resource.Names[pair.Key]));
    }
}
