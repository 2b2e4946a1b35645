using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Policies;

/// <summary>
/// What attributes refer to, by the configuration that a plan holds: through locals, and the arguments and outputs of modules, up to resources and data
/// sources. Terraform says of an argument or a block which names occur in it, not where in it. Locals, dynamic blocks, and the members of an object that a
/// module is called with, are read from the sources, as long as those are there; other objects' members are taken together.
/// Format: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
/// </summary>
public sealed partial class PlanReferences
{
    private const string Local = "local";

    private readonly Dictionary<string, Module> modules = [];
    private readonly Dictionary<string, JsonObject> resources = [];

    public PlanReferences(Plan plan)
    {
        if (plan.Json["configuration"]?["root_module"] is JsonObject root)
        {
            Add(new("", root, null, null, plan.Folder));
        }
    }

    /// <summary>
    /// Addresses, without keys of instances, of the resources and data sources that an attribute's or a block's expressions lead to; and of locals whose
    /// source is not there, which <see cref="IsResource"/> tells apart.
    /// </summary>
    public IReadOnlyList<string> Of(ResourceChange resource, string attribute)
    {
        var address = WithoutKeys(resource.Address);

        if (!resources.TryGetValue(address, out var configured) || !modules.TryGetValue(WithoutKeys(resource.Module), out var module))
        {
            return [];
        }

        var names = Names(configured["expressions"]?[attribute]).Concat(module.Dynamics[((string)configured["address"]!, attribute)]);

        return [.. Follow(module, names, configured["for_each_expression"], []).Distinct()];
    }

    /// <summary>Whether the configuration says anything of an attribute or a block. Of what a dynamic block has, it is not known: it may.</summary>
    /// <param name="path">As <see cref="ResourceChange.Planned"/> takes it.</param>
    public bool IsConfigured(ResourceChange resource, IReadOnlyList<string> path)
    {
        var at = resources.TryGetValue(WithoutKeys(resource.Address), out var configured) ? configured["expressions"] : null;

        foreach (var step in path)
        {
            switch (at)
            {
                case JsonObject members when members["references"] is JsonArray || members["constant_value"] is not null:
                    return true;
                case JsonObject members:
                    at = members[step];
                    break;
                case JsonArray blocks when int.TryParse(step, out var index):
                    at = index < blocks.Count ? blocks[index] : blocks.LastOrDefault();
                    break;
            }
        }

        // A literal null says nothing. An expression of constants has nothing in it either, and is one.
        return at is not null && !(at is JsonObject literal && literal.ContainsKey("constant_value") && literal["constant_value"] is null);
    }

    /// <summary><c>module.a["x"].aws_vpc.this[0]</c> is <c>module.a.aws_vpc.this</c>.</summary>
    public static string WithoutKeys(string address) => Keys().Replace(address, "");

    /// <summary>Whether an address is that of a resource or a data source, and not where a trace is lost.</summary>
    public static bool IsResource(string address) => TypeOf(address) is not Local;

    /// <summary>The type of the resource or data source at an address.</summary>
    public static string TypeOf(string address) => address.Split('.') is [.., var type, _] ? type : "";

    /// <summary>
    /// Which instances of one resource another one means: those of the same instances of modules, and among them the one of the same key, where there is one. A
    /// plan does not say which key an expression has.
    /// </summary>
    public static IEnumerable<ResourceChange> Meant(IEnumerable<ResourceChange> instances, ResourceChange by)
    {
        ResourceChange[] near = [.. instances.Where(instance => instance.Module == by.Module)];
        ResourceChange[] all = near is [] ? [.. instances] : near;
        ResourceChange[] same = [.. all.Where(instance => KeyOf(instance) is { } key && key == KeyOf(by))];

        return same is [] ? all : same;
    }

    private static string? KeyOf(ResourceChange resource) =>
        resource.Address.EndsWith(']') ? resource.Address[resource.Address.LastIndexOf('[')..] : null;

    private void Add(Module module)
    {
        modules[module.Address] = module;

        foreach (var resource in (module.Configuration["resources"] as JsonArray ?? []).OfType<JsonObject>())
        {
            resources[Joined(module, (string)resource["address"]!)] = resource;
        }

        foreach (var (name, call) in module.Configuration["module_calls"] as JsonObject ?? [])
        {
            if (call?["module"] is JsonObject configuration)
            {
                Add(new(Joined(module, $"module.{name}"), configuration, module, call.AsObject(), FolderOf(module, (string?)call["source"])));
            }
        }
    }

    private static string Joined(Module module, string name) => module.Address is "" ? name : $"{module.Address}.{name}";

    // Every list of references below an expression.
    private static IEnumerable<string> Names(JsonNode? expression) => expression switch
    {
        JsonObject { } one when one["references"] is JsonArray names => Whole([.. names.Select(name => (string)name!)]),
        JsonObject many => many.SelectMany(member => Names(member.Value)),
        JsonArray list => list.SelectMany(Names),
        _ => [],
    };

    // After a name come the shorter ones that it begins with: `var.a.b`, `var.a`.
    private static IEnumerable<string> Whole(IReadOnlyList<string> names) =>
        names.Where((name, at) => at == 0 || !Begins(names[at - 1], name));

    private static bool Begins(string longer, string name) =>
        longer.Length > name.Length && longer.StartsWith(name, StringComparison.Ordinal) && (longer[name.Length] is '.' or '[');

    private IEnumerable<string> Follow(Module module, IEnumerable<string> names, JsonNode? repetition, HashSet<string> seen)
    {
        foreach (var name in names.Select(WithoutKeys).Where(name => seen.Add($"{module.Address} {name}")))
        {
            var found = name.Split('.') switch
            {
                ["var", var variable, .. var members] => module.Call is { } call
                    ? Follow(
                        module.Parent!,
                        module.Given(variable, members.FirstOrDefault()) ?? Names(call["expressions"]?[variable]),
                        call["for_each_expression"],
                        seen)
                    : [],
                ["module", var child, var output, ..] => modules.TryGetValue(Joined(module, $"module.{child}"), out var inner)
                    ? Follow(inner, Names(inner.Configuration["outputs"]?[output]?["expression"]), null, seen)
                    : [],
                ["each", ..] => Follow(module, Names(repetition), null, seen),
                ["data", var type, var source, ..] => [Joined(module, $"data.{type}.{source}")],
                ["local", var local, ..] => module.Locals.TryGetValue(local, out var meant)
                    ? Follow(module, meant, repetition, seen)
                    : [Joined(module, $"{Local}.{local}")],
                ["path" or "count" or "self" or "terraform", ..] => [],
                [var type, var resource, ..] => [Joined(module, $"{type}.{resource}")],
                _ => [],
            };

            foreach (var address in found)
            {
                yield return address;
            }
        }
    }

    [GeneratedRegex("\\[(\"[^\"]*\"|[0-9]+)\\]")]
    private static partial Regex Keys();

    // Only local modules: what a registry's module calls its own is not followed.
    private static string? FolderOf(Module caller, string? source) =>
        caller.Folder is { } folder && source is ['.', ..] ? Path.GetFullPath(Path.Combine(folder, source)) : null;

    private sealed record Module(string Address, JsonObject Configuration, Module? Parent, JsonObject? Call, string? Folder)
    {
        private readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<string>>> locals =
            new(() => Directory.Exists(Folder) ? LocalReferences.Of(Folder) : new Dictionary<string, IReadOnlyList<string>>());

        private readonly Lazy<ILookup<(string, string), string>> dynamics = new(() => DynamicReferences.Of(Folder ?? ""));

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Locals => locals.Value;

        /// <summary>By a resource's address in the module and the name of a block.</summary>
        public ILookup<(string Address, string Block), string> Dynamics => dynamics.Value;

        /// <summary>What a member of an argument names that this module is called with; null where that is not told apart.</summary>
        public IReadOnlyList<string>? Given(string variable, string? member) =>
            member is not null && Parent is { Folder: { } caller } && Directory.Exists(caller)
                ? LocalReferences.OfMember(caller, Address.Split('.')[^1], variable, member)
                : null;
    }
}
