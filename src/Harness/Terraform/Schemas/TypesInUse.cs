using System.Text.Json;
using System.Text.RegularExpressions;
using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>What a Terraform configuration uses, found without Terraform and without a provider.</summary>
/// <param name="Types">Sorted by name; Terraform's own (<c>terraform_data</c>) are left out, since Terraform has them built in.</param>
/// <param name="Providers">Those that are required or configured, and those that a type's name implies. Sorted by address.</param>
/// <param name="Modules">Calls of modules that are to be fetched.</param>
public sealed record TypesInUse(IReadOnlyList<UsedType> Types, IReadOnlyList<RequiredProvider> Providers, IReadOnlyList<ModuleCall> Modules)
{
    private const string Builtin = "terraform.io/builtin/terraform";

    /// <summary>Looks through a folder and everything below it, and through the folders outside that their module calls lead to.</summary>
    /// <remarks>Modules that Terraform has fetched (<c>.terraform/modules</c>) count; what it has fetched of providers does not.</remarks>
    /// <exception cref="InvalidDataException">A <c>.tf.json</c> or state file is not JSON; the message names it.</exception>
    public static TypesInUse Find(string folder) => new Search().Run(Below(Path.GetFullPath(folder)));

    /// <summary>Looks through one root module and the local modules it calls, and through nothing else that may lie below: no examples, no tests.</summary>
    /// <inheritdoc cref="Find"/>
    public static TypesInUse FindReachable(string rootModule) => new Search().Run([Path.GetFullPath(rootModule)]);

    /// <summary>A folder and all below it in which a configuration may be.</summary>
    internal static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateDirectories(folder)
            .Where(below => Path.GetFileName(below) is not (".git" or "node_modules") && !below.EndsWith("/.terraform/providers", StringComparison.Ordinal))
            .SelectMany(Below)
            .Prepend(folder);

    private sealed class Search
    {
        private readonly HashSet<UsedType> types = [];
        private readonly Dictionary<string, (HashSet<PlacedConstraint> Constraints, string File)> providers = [];
        private readonly List<ModuleCall> modules = [];
        private readonly HashSet<string> seen = [];

        public TypesInUse Run(IEnumerable<string> folders)
        {
            var waiting = new Queue<string>(folders);

            while (waiting.TryDequeue(out var folder))
            {
                if (seen.Add(folder) && Directory.Exists(folder))
                {
                    foreach (var called in Module(folder))
                    {
                        waiting.Enqueue(called);
                    }
                }
            }

            return new TypesInUse(
                [.. types.OrderBy(type => type.Name, StringComparer.Ordinal).ThenBy(type => type.Kind)],
                [
                    .. providers
                        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => new RequiredProvider(
                            pair.Key,
                            [.. pair.Value.Constraints.OrderBy(constraint => constraint.File, StringComparer.Ordinal).ThenBy(constraint => constraint.Line)],
                            pair.Value.File))
                ],
                [.. modules.OrderBy(module => module.File, StringComparer.Ordinal).ThenBy(module => module.Line)]);
        }

        // The files of one folder are one module: names of providers hold for all of them. Returns the folders of the local modules it calls.
        private List<string> Module(string folder)
        {
            var called = new List<string>();
            var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
                .SelectMany(file => ReadFile(file) is { } body ? [(Path: file, Body: body)] : Array.Empty<(string Path, HclBody Body)>())
                .ToList();
            var local = new Dictionary<string, string>();

            foreach (var (file, body) in files)
            {
                var required = body.Of("terraform").SelectMany(terraform => terraform.Body.Of("required_providers"));

                foreach (var (name, tokens) in required.SelectMany(providers => providers.Body.Attributes))
                {
                    local[name] = Address(Member(tokens, "source")?.Value ?? name);
                    Require(local[name], file, tokens is [{ Kind: HclKind.Text } only] ? only : Member(tokens, "version"));
                }
            }

            foreach (var (file, body) in files)
            {
                foreach (var block in body.Blocks)
                {
                    Block(block, file, local, called, folder);
                }
            }

            foreach (var state in Directory.EnumerateFiles(folder, "*.tfstate"))
            {
                State(state);
            }

            return called;
        }

        private static HclBody? ReadFile(string file)
        {
            try
            {
                return file.EndsWith(".tf", StringComparison.Ordinal) ? HclBody.OfText(SourceText.Read(file))
                    : file.EndsWith(".tf.json", StringComparison.Ordinal) ? HclBody.OfJson(SourceText.Read(file))
                    : null;
            }
            catch (JsonException wrong)
            {
                throw new InvalidDataException($"{file} is not JSON: {wrong.Message}", wrong);
            }
        }

        private void Block(HclBlock block, string file, Dictionary<string, string> local, List<string> called, string folder)
        {
            switch (block)
            {
                case { Type: "resource" or "data" or "ephemeral", Labels: [var type, ..] }:
                    Use(Enum.Parse<TypeKind>(block.Type, ignoreCase: true), type, Traversal(block.Body, "provider").FirstOrDefault(), local, file);
                    break;
                case { Type: "moved" or "removed" or "import" }:
                    foreach (var end in new[] { "from", "to" }.Select(end => TypeIn([.. Traversal(block.Body, end)])).OfType<string>())
                    {
                        Use(TypeKind.Resource, end, null, local, file);
                    }

                    break;
                case { Type: "check" }:
                    foreach (var inner in block.Body.Of("data"))
                    {
                        Block(inner, file, local, called, folder);
                    }

                    break;
                case { Type: "provider", Labels: [var name, ..] }:
                    Require(
                        local.GetValueOrDefault(name) ?? Address(name),
                        file,
                        block.Body.Attributes.GetValueOrDefault("version") is [{ Kind: HclKind.Text } version] ? version : null);
                    break;
                case { Type: "module", Labels: [var name, ..] } when block.Body.Literal("source") is { } source:
                    if (source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal))
                    {
                        called.Add(Path.GetFullPath(Path.Combine(folder, source)).TrimEnd('/'));
                    }
                    else
                    {
                        modules.Add(new ModuleCall(name, file, block.Line, source, block.Body.Literal("version")));
                    }

                    break;
            }
        }

        // Without `provider = …`, the name up to the first underscore says the provider:
        // https://developer.hashicorp.com/terraform/language/providers/requirements#local-names
        private void Use(TypeKind kind, string type, string? provider, Dictionary<string, string> local, string file)
        {
            var name = provider ?? type.Split('_')[0];
            Use(kind, type, local.GetValueOrDefault(name) ?? Address(name), file);
        }

        private void Use(TypeKind kind, string type, string address, string file)
        {
            if (address is not Builtin)
            {
                types.Add(new UsedType(address, kind, type));
                Require(address, file, null);
            }
        }

        private void Require(string address, string file, HclToken? constraint)
        {
            if (address is Builtin)
            {
                return;
            }

            providers.TryAdd(address, ([], file));

            if (constraint is { } written)
            {
                providers[address].Constraints.Add(new(written.Value, file, written.Line));
            }
        }

        // State, format 4. What it holds may be in no configuration any more, and still is to be read and destroyed.
        private void State(string file)
        {
            try
            {
                using var state = JsonDocument.Parse(File.ReadAllText(file));

                foreach (var resource in state.RootElement.TryGetProperty("resources", out var resources) ? resources.EnumerateArray() : default)
                {
                    // provider["registry.terraform.io/hashicorp/aws"].alias, with the module's path in front
                    if (Regex.Match(resource.GetProperty("provider").GetString() ?? "", @"provider\[""([^""]+)""\]") is { Success: true } provider)
                    {
                        var kind = resource.GetProperty("mode").GetString() is "data" ? TypeKind.Data : TypeKind.Resource;
                        Use(kind, resource.GetProperty("type").GetString()!, provider.Groups[1].Value, file);
                    }
                }
            }
            catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException($"{file} is not a state of Terraform: {wrong.Message}", wrong);
            }
        }
    }

    private static string Address(string source) => source.ToLowerInvariant().Split('/') switch
    {
        ["terraform"] or ["terraform.io", "builtin", "terraform"] => Builtin,
        [var name] => $"registry.terraform.io/hashicorp/{name}",
        [var owner, var name] => $"registry.terraform.io/{owner}/{name}",
        _ => source.ToLowerInvariant(),
    };

    // In an object: `source = "…"` or `source : "…"`.
    private static HclToken? Member(IReadOnlyList<HclToken> tokens, string name) =>
        Enumerable.Range(0, Math.Max(0, tokens.Count - 2))
            .Where(at => tokens[at].Kind is HclKind.Word or HclKind.Text && tokens[at].Value == name)
            .Where(at => (tokens[at + 1].Is('=') || tokens[at + 1].Is(':')) && tokens[at + 2].Kind is HclKind.Text)
            .Select(at => (HclToken?)tokens[at + 2])
            .FirstOrDefault();

    // The names of `module.a["b"].aws_vpc.this`, without indexes. JSON has it as a string.
    private static IEnumerable<string> Traversal(HclBody body, string attribute)
    {
        var tokens = body.Attributes.GetValueOrDefault(attribute) ?? [];
        var depth = 0;

        foreach (var token in tokens is [{ Kind: HclKind.Text, Value: var text }] ? HclToken.Of(text) : tokens)
        {
            depth += token.Is('[') ? 1 : token.Is(']') ? -1 : 0;

            if (depth is 0 && token.Kind is HclKind.Word)
            {
                yield return token.Value;
            }
        }
    }

    private static string? TypeIn(IReadOnlyList<string> names)
    {
        var at = 0;

        while (at + 1 < names.Count && names[at] is "module")
        {
            at += 2;
        }

        return at + 1 < names.Count && names[at] is not "data" ? names[at] : null;
    }
}
