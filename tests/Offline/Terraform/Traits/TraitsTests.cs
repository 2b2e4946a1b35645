using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Offline.Terraform.Traits;

/// <summary>The reviewed tables of what a schema does not tell of a resource type: well-formed, true to the schemas, and with identities such as AWS gives out.</summary>
public sealed partial class TraitsTests(Workbench workbench)
{
    private static readonly string[] Keys =
        ["arn", "defaultOf", "defaults", "docs", "exists", "formats", "id", "onUpdate", "replace", "sensitive", "unique", "values", "valuesWhen"];

    private static readonly string[] Formats = ["arn", "cidr", "cidr-network", "ipv6-cidr", "json"];

    [Fact]
    public void Every_entry_is_well_formed_and_says_where_it_is_documented()
    {
        var entries = Entries().ToArray();
        var gate = new Gate("traits", entries.Select(entry => entry.Type));

        foreach (var (type, entry) in entries)
        {
            gate.Record(type, Malformed(type, entry));
        }

        gate.Close();
    }

    [Fact]
    public void Tables_are_sorted()
    {
        var gate = new Gate("traits tables", Tables().Select(table => table.Provider));

        foreach (var (provider, table) in Tables())
        {
            gate.Record(provider, Unsorted(table));
        }

        gate.Close();
    }

    [Fact]
    public void Every_path_is_in_the_schema_and_fits_its_use()
    {
        var entries = Entries().ToDictionary(entry => entry.Type, entry => entry.Entry);
        var schemas = Schemas().Where(schema => entries.ContainsKey(schema.Type)).ToArray();
        var gate = new Gate("traits with a schema", schemas.Select(schema => schema.Type));

        foreach (var (type, schema) in schemas)
        {
            gate.Record(type, Complaint(Uses(entries[type]).Select(use => Misfit(schema, use.Key, use.Path))));
        }

        gate.Close();
    }

    [Fact]
    public void Templates_use_known_placeholders_only()
    {
        var schemas = Schemas().ToDictionary(schema => schema.Type, schema => schema.Schema);
        var entries = Entries().ToArray();
        var gate = new Gate("templates", entries.Select(entry => entry.Type));

        foreach (var (type, entry) in entries)
        {
            gate.Record(type, Complaint(Templates(entry).Select(template => Unknown(template, schemas.GetValueOrDefault(type)))));
        }

        gate.Close();
    }

    [Fact]
    public void What_templates_make_looks_as_AWS_documents_it()
    {
        var entries = Tables().Single(table => table.Provider is "aws").Table.Select(entry => (Type: entry.Key, Entry: entry.Value!.AsObject())).ToArray();
        var gate = new Gate("identities", entries.Select(entry => entry.Type));

        foreach (var (type, entry) in entries)
        {
            gate.Record(type, IdentityPatterns.ByType.TryGetValue(type, out var patterns)
                ? Complaint([Unlike(entry, "id", patterns.Id), Unlike(entry, "arn", patterns.Arn)])
                : "has no pattern");
        }

        gate.Close();
    }

    [Theory]
    [InlineData("docs", """{ "id": "x-{hex17}" }""")]
    [InlineData("no key of an entry", """{ "docs": "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc", "replaces": [] }""")]
    [InlineData("no format", """{ "docs": "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc", "formats": { "cidr_block": "cdir" } }""")]
    [InlineData("no entry", """{ "docs": "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc", "exists": { "name": "aws_nothing" } }""")]
    [InlineData("sorted", """{ "docs": "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc", "replace": ["b", "a"] }""")]
    public void An_entry_with_a_fault_is_found(string complaint, string entry) =>
        Assert.Contains(complaint, Malformed("aws_vpc", JsonNode.Parse(entry)!.AsObject()) ?? "");

    [Theory]
    [InlineData("values", "cidr_block", "is not computed")]
    [InlineData("replace", "arn", "is no argument")]
    [InlineData("defaults", "name", "is not optional")]
    [InlineData("replace", "cdir_block", "is not in the schema")]
    [InlineData("replace", "rule.prot", "is not in the schema")]
    [InlineData("onUpdate", "cidr_block", "is not computed")]
    public void A_path_that_does_not_fit_is_found(string key, string path, string complaint)
    {
        var schema = JsonNode.Parse("""{ "arn": "computed string", "cidr_block": "optional string", "name": "required string", "rule": { "$": "list 0..*", "port": "optional number" } }""")!;

        Assert.Contains(complaint, Misfit(schema.AsObject(), key, path));
    }

    [Theory]
    [InlineData("""{ "id": "vpc-{hex8}" }""")]
    [InlineData("""{ "id": "subnet-{hex17}" }""")]
    [InlineData("""{ "id": "vpc-{hex17}", "arn": "arn:{partition}:ec2:{region}:vpc/{id}" }""")]
    public void An_identity_that_AWS_would_not_give_is_found(string entry)
    {
        var (id, arn) = IdentityPatterns.ByType["aws_vpc"];
        var faulty = JsonNode.Parse(entry)!.AsObject();

        Assert.NotNull(Unlike(faulty, "id", id) ?? Unlike(faulty, "arn", arn));
    }

    [Theory]
    [InlineData("vpc-{hex}")]
    [InlineData("vpc-{uid}")]
    [InlineData("{cidr_blocks}")]
    public void A_placeholder_that_nobody_fills_is_found(string template) =>
        Assert.NotNull(Unknown(template, JsonNode.Parse("""{ "cidr_block": "optional string" }""")!.AsObject()));

    private IEnumerable<(string Provider, JsonObject Table)> Tables() =>
        Directory.EnumerateFiles(workbench.Checkout.PathTo("tests", "Provider", "Traits"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!.AsObject()));

    private IEnumerable<(string Type, JsonObject Entry)> Entries() => Tables().SelectMany(table => table.Table).Select(entry => (entry.Key, entry.Value!.AsObject()));

    private IEnumerable<(string Type, JsonObject Schema)> Schemas() =>
        Directory.EnumerateFiles(workbench.Checkout.PathTo("tests", "Provider", "Schemas"), "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["resources"]!.AsObject())
            .Select(resource => (resource.Key, resource.Value!.AsObject()));

    private string? Malformed(string type, JsonObject entry)
    {
        var provider = type.Split('_')[0];

        return Complaint([
            !Docs().IsMatch((string?)entry["docs"] ?? "") ? "docs is no link to the resource's page in the registry" : null,
            .. entry.Where(member => !Keys.Contains(member.Key)).Select(member => $"{member.Key} is no key of an entry"),
            .. Texts(entry["formats"]).Where(format => !Formats.Contains(format.Value) && !format.Value.StartsWith("one-of:", StringComparison.Ordinal))
                .Select(format => $"formats.{format.Key}: {format.Value} is no format"),
            .. Texts(entry["exists"]).Where(needed => !Tables().Single(table => table.Provider == provider).Table.ContainsKey(needed.Value))
                .Select(needed => $"exists.{needed.Key}: {needed.Value} has no entry"),
            .. entry.Select(member => Unsorted(member.Value)),
            entry["defaultOf"] is JsonObject adopted && !adopted.Select(member => member.Key).Order(StringComparer.Ordinal).SequenceEqual(["attribute", "by", "type"])
                ? "defaultOf needs attribute, by and type" : null,
        ]);
    }

    // Keys of objects, and lists of names; values keep the order they have in AWS.
    private static string? Unsorted(JsonNode? node) => node switch
    {
        JsonObject members when !members.Select(member => member.Key).SequenceEqual(members.Select(member => member.Key).Order(StringComparer.Ordinal)) =>
            $"{members.GetPath()} is not sorted",
        JsonArray names when names.Parent?.GetPath().Contains("values", StringComparison.Ordinal) is not true && names.All(name => name?.GetValueKind() is System.Text.Json.JsonValueKind.String)
            && !names.Select(name => (string)name!).SequenceEqual(names.Select(name => (string)name!).Distinct().Order(StringComparer.Ordinal)) => $"{names.GetPath()} is not sorted",
        JsonObject members when !members.GetPath().Contains("values", StringComparison.Ordinal) => members.Select(member => Unsorted(member.Value)).FirstOrDefault(complaint => complaint is not null),
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, string>> Texts(JsonNode? node) =>
        node is JsonObject members ? members.Select(member => KeyValuePair.Create(member.Key, (string)member.Value!)) : [];

    private static IEnumerable<(string Key, string Path)> Uses(JsonObject entry) => entry.SelectMany(member => (member.Key, member.Value) switch
    {
        ("id" or "arn", _) => [("identity", member.Key)],
        ("values" or "defaults" or "exists" or "formats", JsonObject paths) => paths.Select(path => (member.Key, path.Key)),
        ("valuesWhen", JsonObject cases) => cases.SelectMany(chosen => chosen.Value!.AsObject().Select(path => ("values", path.Key)).Append(("condition", Condition().Replace(chosen.Key, "")))),
        ("defaultOf", JsonObject adopted) => [("unique", (string)adopted["by"]!)],
        (_, JsonArray paths) => paths.Select(path => (member.Key, (string)path!)),
        _ => Array.Empty<(string, string)>(),
    });

    private static string? Misfit(JsonObject schema, string key, string path) => (key, Flags(schema, path.Split('.'))) switch
    {
        (_, null) => $"{key}: {path} is not in the schema",
        ("identity" or "values" or "onUpdate", var flags) => flags.Contains("computed") ? null : $"{key}: {path} is not computed",
        ("defaults", var flags) => flags.Contains("optional") ? null : $"{key}: {path} is not optional",
        ("replace" or "exists" or "formats" or "condition", var flags) => flags.Contains("optional") || flags.Contains("required") ? null : $"{key}: {path} is no argument",
        _ => null,
    };

    // Blocks are arguments; what is inside an attribute of objects is what the attribute is.
    private static string[]? Flags(JsonObject block, ReadOnlySpan<string> path) => block[path[0]] switch
    {
        JsonObject nested when path.Length > 1 => Flags(nested, path[1..]),
        JsonObject nested => [.. ((string)nested["$"]!).Split(' '), .. ((string)nested["$"]!).StartsWith("attribute", StringComparison.Ordinal) ? Array.Empty<string>() : ["optional"]],
        JsonValue attribute when path.Length is 1 || ((string)attribute!).Contains($"{path[^1]}=", StringComparison.Ordinal) => ((string)attribute!).Split(' '),
        _ => null,
    };

    private static IEnumerable<string> Templates(JsonNode? node) => node switch
    {
        JsonObject entry when entry.ContainsKey("docs") => new[] { "id", "arn", "values", "valuesWhen" }.SelectMany(key => Templates(entry[key])),
        JsonObject members => members.SelectMany(member => Templates(member.Value)),
        JsonArray items => items.SelectMany(Templates),
        JsonValue text when text.GetValueKind() is System.Text.Json.JsonValueKind.String => [(string)text!],
        _ => [],
    };

    private static string? Unknown(string template, JsonObject? schema) => Complaint(Placeholder().Matches(template)
        .SelectMany(placeholder => placeholder.Groups["names"].Value.Split('|'))
        .Where(name => !Made().IsMatch(name) && !Literal().IsMatch(name) && !IsAttribute(name, schema))
        .Select(name => $"{{{name}}} is neither a placeholder nor an attribute"));

    // Behind the first dot may stand a member, or an attribute of the resource that the first names.
    private static bool IsAttribute(string name, JsonObject? schema) =>
        AttributeName().IsMatch(name) && (schema is null || Bare(name).Split('.')[0] is var first && (schema.ContainsKey(first) || schema.ToJsonString().Contains($"\"{first}\"", StringComparison.Ordinal)));

    private static string Bare(string name) => name.StartsWith("bare:", StringComparison.Ordinal) ? name["bare:".Length..] : name;

    private static string? Unlike(JsonObject entry, string key, Regex? pattern)
    {
        if ((string?)entry[key] is not { } template)
        {
            return null;
        }

        var made = new Sample(entry).Expand(template);

        return pattern is null ? $"{key} {made}: there is no pattern for it" : pattern.IsMatch(made) ? null : $"{key} {made} is not of the form {pattern}";
    }

    private static string? Complaint(IEnumerable<string?> complaints) => string.Join("; ", complaints.OfType<string>()) is { Length: > 0 } all ? all : null;

    [GeneratedRegex("^https://registry\\.terraform\\.io/providers/hashicorp/[a-z]+/latest/docs/resources/[a-z0-9_]+$")]
    private static partial Regex Docs();

    [GeneratedRegex("\\{(?<names>[^{}]+)\\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^(partition|region|account|dns|azid|next(:[a-z_]+)?|uuid|now|(hex|digits|letters|upper)[0-9]+)$")]
    private static partial Regex Made();

    [GeneratedRegex("^'[^']*'$")]
    private static partial Regex Literal();

    [GeneratedRegex("^(bare:)?[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$")]
    private static partial Regex AttributeName();

    [GeneratedRegex("!?=.*$")]
    private static partial Regex Condition();

    /// <summary>Fills an entry's templates with examples: characters for what is made up, ordinary arguments for attributes.</summary>
    private sealed class Sample(JsonObject entry)
    {
        private static readonly Dictionary<string, string> Known = new()
        {
            ["account"] = "123456789012",
            ["azid"] = "euc1-az1",
            ["dns"] = "amazonaws.com",
            ["now"] = "2026-11-20T12:00:00Z",
            ["partition"] = "aws",
            ["region"] = "eu-central-1",
            ["uuid"] = "0f3c1f6e-4c1b-4a57-9d5e-3f0e4b7a9c11",
            ["account_id"] = "123456789012",
            ["arn_suffix"] = "app/shop/0123456789abcdef",
            ["bucket"] = "shop-orders",
            ["default_network_acl_id"] = "acl-0123456789abcdef0",
            ["default_route_table_id"] = "rtb-0123456789abcdef0",
            ["default_security_group_id"] = "sg-0123456789abcdef0",
            ["dhcp_options_id"] = "dopt-0123456789abcdef0",
            ["instance_id"] = "i-0123456789abcdef0",
            ["internet_gateway_id"] = "igw-0123456789abcdef0",
            ["name_prefix"] = "",
            ["path"] = "/",
            ["route_table_id"] = "rtb-0123456789abcdef0",
            ["type"] = "A",
            ["url"] = "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF",
            ["version_number"] = "7",
            ["vpc_endpoint_id"] = "vpce-0123456789abcdef0",
            ["vpc_id"] = "vpc-0123456789abcdef0",
            ["vpn_gateway_id"] = "vgw-0123456789abcdef0",
            ["queue_url"] = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders",
            ["zone_id"] = "Z0123456789ABCDEFGHIJ",
        };

        public string Expand(string template) => Placeholder().Replace(template, placeholder => placeholder.Groups["names"].Value.Split('|').Select(Value).First(value => value is not "")!);

        private string Value(string name)
        {
            var size = Digits().Match(name) is { Success: true } digits ? int.Parse(digits.Value) : 0;

            return name switch
            {
                "hex17" => "0123456789abcdef0",
                _ when name.StartsWith("next", StringComparison.Ordinal) => "1",
                _ when Literal().IsMatch(name) => name.Trim('\''),
                _ when Made().IsMatch(name) && size is 0 => Known[name],
                _ when Made().IsMatch(name) && size > 0 => string.Concat(Enumerable.Repeat(name[0] switch { 'l' => "abcdefghij", 'u' => "ABCDEFGHIJ", _ => "0123456789" }, 10))[..size],
                "id" or "arn" when (string?)entry[name] is { } own => Expand(own),
                "id" when (string?)entry["defaultOf"]?["attribute"] is { } adopted => Known[adopted],
                "id" => "0123456789",
                _ when entry["values"]?[name] is JsonValue own && own.ToString() is not "" => Expand(own.ToString()),
                _ when Known.TryGetValue(Bare(name).Split('.')[^1], out var known) => name == Bare(name) ? known : known[(known.IndexOf("//", StringComparison.Ordinal) + 2)..],
                _ when name.Contains("topic", StringComparison.Ordinal) => "arn:aws:sns:eu-central-1:123456789012:orders",
                _ when name.EndsWith("arn", StringComparison.Ordinal) => "arn:aws:lambda:eu-central-1:123456789012:function:orders",
                _ => "orders",
            };
        }

    }

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Digits();
}
