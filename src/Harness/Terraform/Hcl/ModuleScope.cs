using System.Text.Json;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A module as one call sees it: its blocks, and what its locals and variables stand for, as far as that can be told without evaluating.</summary>
internal sealed class ModuleScope
{
    // Deeper, something refers to itself: Terraform's to refuse.
    private const int Deepest = 20;

    private readonly string folder;
    private readonly ModuleScope? caller;
    private readonly HclBody? call;
    private readonly int depth;
    private readonly Dictionary<string, IReadOnlyList<HclToken>> locals;

    private ModuleScope(string folder, ModuleScope? caller, HclBody? call)
    {
        (this.folder, this.caller, this.call, depth) = (folder, caller, call, (caller?.depth ?? -1) + 1);
        Blocks = [.. Configuration.Files(folder).SelectMany(file => Read(file).Blocks.Select(block => (block, file)))];
        locals = Blocks.Where(pair => pair.Block.Type == "locals").SelectMany(pair => pair.Block.Body.Attributes)
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    /// <summary>The blocks of its files, each with its file.</summary>
    public IReadOnlyList<(HclBlock Block, string File)> Blocks { get; }

    /// <summary>A root and every local module that it reaches, one for each call.</summary>
    public static IReadOnlyList<ModuleScope> Of(string root) => [.. new ModuleScope(Path.GetFullPath(root), null, null).AndCalled()];

    /// <summary>The text that an expression gives.</summary>
    public NameTemplate Template(IReadOnlyList<HclToken> expression) => NameTemplate.Of(Parts(expression, 0));

    /// <summary>The members of an object that is written out, or of a local that is one; empty for anything else.</summary>
    public IReadOnlyDictionary<string, NameTemplate> Members(IReadOnlyList<HclToken> expression, int level = 0)
    {
        if (level < Deepest
            && expression is [{ Kind: HclKind.Word, Value: "local" }, { Value: "." }, { Kind: HclKind.Word, Value: var local }]
            && locals.TryGetValue(local, out var meant))
        {
            return Members(meant, level + 1);
        }

        var members = new Dictionary<string, NameTemplate>();

        if (expression is not [{ Value: "{", Kind: HclKind.Mark }, ..])
        {
            return members;
        }

        for (var at = 1; at + 2 < expression.Count && (expression[at + 1].Is('=') || expression[at + 1].Is(':'));)
        {
            var (name, value) = (expression[at].Value, new List<HclToken>());

            for (at += 2; at < expression.Count - 1 && !expression[at].Is(',') && !BeginsMember(expression, at); at++)
            {
                value.Add(expression[at]);
            }

            at += expression[at].Is(',') ? 1 : 0;
            members[name] = Template(value);
        }

        return members;
    }

    private static bool BeginsMember(IReadOnlyList<HclToken> tokens, int at) =>
        tokens[at].Kind is HclKind.Word or HclKind.Text
            && at + 2 < tokens.Count
            && tokens[at + 1].Is('=')
            && !tokens[at + 2].Is('=')
            && !tokens[at - 1].Is('.');

    private IEnumerable<ModuleScope> AndCalled() =>
        depth > Deepest ? [] : Blocks.Where(pair => pair.Block is { Type: "module", Labels: [_] })
            .Select(pair => (pair.Block.Body, Source: pair.Block.Body.Literal("source") ?? ""))
            .Where(call => call.Source.StartsWith("./", StringComparison.Ordinal) || call.Source.StartsWith("../", StringComparison.Ordinal))
            .SelectMany(call => new ModuleScope(Path.GetFullPath(Path.Combine(folder, call.Source)), this, call.Body).AndCalled())
            .Prepend(this);

    private IEnumerable<NamePart> Parts(IReadOnlyList<HclToken> tokens, int level)
    {
        if (level > Deepest)
        {
            return [NamePart.Gap(null)];
        }

        return tokens switch
        {
            [{ Kind: HclKind.Text, Value: var text }] => Text(text, level),
            [{ Kind: HclKind.Word, Value: "true" or "false" }] => [NamePart.Of(tokens[0].Value)],
            [{ Kind: HclKind.Word, Value: var number }] when number.All(char.IsAsciiDigit) => [NamePart.Of(number)],
            [{ Value: "local" }, { Value: "." }, { Kind: HclKind.Word, Value: var name }] when locals.TryGetValue(name, out var local) =>
                Parts(local, level + 1),
            [{ Value: "var" }, { Value: "." }, { Kind: HclKind.Word, Value: var name }] when caller is not null
                && call!.Attributes.TryGetValue(name, out var argument) =>
                caller.Parts(argument, level + 1),
            [{ Value: "var" }, { Value: "." }, { Kind: HclKind.Word, Value: var name }, { Value: "." }, { Kind: HclKind.Word, Value: var member }]
                when caller is not null
                    && call!.Attributes.TryGetValue(name, out var argument)
                    && caller.Members(argument).TryGetValue(member, out var template) =>
                    template.Parts,
            _ => [NamePart.Gap(Source(tokens, level))],
        };
    }

    // What stands between `${` and `}` is an expression again.
    private IEnumerable<NamePart> Text(string text, int level)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text.IndexOf("${", at, StringComparison.Ordinal) is var begin and >= 0)
            {
                var end = EndOf(text, begin + 2);
                yield return NamePart.Of(text[at..begin]);

                foreach (var part in Parts([.. HclToken.Of(text[(begin + 2)..end]).Where(token => token.Kind is not HclKind.Line)], level + 1))
                {
                    yield return part;
                }

                at = end + 1;
            }
            else
            {
                yield return NamePart.Of(text[at..]);
                yield break;
            }
        }
    }

    private static int EndOf(string text, int at)
    {
        for (var depth = 1; at < text.Length; at++)
        {
            depth += text[at] switch { '{' => 1, '}' => -1, _ => 0 };

            if (depth is 0)
            {
                break;
            }
        }

        return at;
    }

    // The expression with locals and arguments put in: in a root's own terms it means the same in every root. Null where it may have several values or none
    // that is known.
    private string? Source(IReadOnlyList<HclToken> tokens, int level)
    {
        var source = new List<string>();

        for (var at = 0; at < tokens.Count; at++)
        {
            var begins = tokens[at].Kind is HclKind.Word && (at is 0 || !tokens[at - 1].Is('.')) && at + 2 < tokens.Count && tokens[at + 1].Is('.');
            var said = (tokens[at], begins) switch
            {
                ({ Kind: HclKind.Text } text, _) => TextSource(text.Value, level),
                ({ Value: "local" }, true) => locals.TryGetValue(tokens[at + 2].Value, out var local) && level < Deepest ? Source(local, level + 1) : null,
                ({ Value: "var" }, true) when caller is null => $"var.{tokens[at + 2].Value}",
                ({ Value: "var" }, true) =>
                    call!.Attributes.TryGetValue(tokens[at + 2].Value, out var argument) && level < Deepest ? caller.Source(argument, level + 1) : null,
                ({ Value: "path" }, true) => caller is null ? $"path.{tokens[at + 2].Value}" : $"path.{tokens[at + 2].Value} of {folder}",
                ({ Kind: HclKind.Word }, true) or ({ Value: "for" }, _) => null,
                _ => tokens[at].Value,
            };

            if (said is null)
            {
                return null;
            }

            source.Add(said);
            at += begins ? 2 : 0;
        }

        return string.Join(' ', source);
    }

    private string? TextSource(string text, int level)
    {
        NamePart[] parts = [.. NameTemplate.Of(Text(text, level)).Parts];

        return parts.Any(part => part is { Literal: null, Source: null })
            ? null
            : $"\"{string.Concat(parts.Select(part => part.Literal ?? $"${{{part.Source}}}"))}\"";
    }

    private static HclBody Read(string file)
    {
        try
        {
            return file.EndsWith(".json", StringComparison.Ordinal) ? HclBody.OfJson(SourceText.Read(file)) : HclBody.OfText(SourceText.Read(file));
        }
        catch (JsonException)
        {
            return new HclBody([], new Dictionary<string, IReadOnlyList<HclToken>>());
        }
    }
}
