using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Provider.Planning;
using Causeway.Provider.Rules;
using Causeway.Provider.Traits;

namespace Causeway.Offline.Terraform.Provider.Traits;

/// <summary>
/// The reviewed tables of what a schema does not tell of a resource type: well-formed, true to the schemas, and with identities such as AWS gives out.
/// </summary>
public sealed partial class TraitsTests(Workbench workbench)
{
    private static readonly string[] Keys =
        [
        "arn", "asksFor", "blocksDeletion", "defaultOf", "defaults", "deletionRules", "exists", "force", "formats", "id", "network", "onUpdate", "replace",
        "rules", "sensitive", "takes", "unique", "values",
        "valuesWhen",
    ];

    private static readonly string[] Formats = ["arn", "cidr", "cidr-network", "ipv6-cidr", "json"];

    [Fact]
    public void Every_entry_is_well_formed()
    {
        var entries = Entries().ToArray();
        var gate = new Gate("traits", entries.Select(entry => entry.Type));

        foreach (var (type, entry) in entries)
        {
            gate.Record(type, Malformed(entry));
        }

        gate.Close();
    }

    [Fact]
    public void Tables_are_sorted()
    {
        var gate = new Gate("traits files", Tables().Select(table => $"{table.Provider}/{table.Service}"));

        foreach (var (provider, service, table) in Tables())
        {
            gate.Record($"{provider}/{service}", Unsorted(table));
        }

        gate.Close();
    }

    [Fact]
    public void The_provider_reads_every_entry_of_every_file()
    {
        var gate = new Gate("entries of traits", Entries().Select(entry => entry.Type));

        foreach (var (provider, _, table) in Tables())
        {
            var read = TraitsTable.OfProvider(provider);

            foreach (var (type, entry) in Entries(table))
            {
                gate.Record(type, Unread(entry, read.Of(type)));
            }
        }

        gate.Close();
    }

    [Fact]
    public void An_entry_stands_in_the_file_of_its_service()
    {
        var gate = new Gate("places of traits", Entries().Select(entry => entry.Type));

        foreach (var (provider, service, table) in Tables())
        {
            foreach (var (type, _) in Entries(table))
            {
                gate.Record(type, Misplaced(type, provider, service));
            }
        }

        gate.Close();
    }

    [Theory]
    [InlineData("aws_vpc", "aws", "iam", "Traits/aws/ec2.json")]
    [InlineData("aws_vpc", "tls", "ec2", "Traits/aws")]
    public void An_entry_in_another_file_is_found(string type, string provider, string service, string complaint) =>
        Assert.Contains(complaint, Misplaced(type, provider, service) ?? "", StringComparison.Ordinal);

    [Fact]
    public void An_entry_that_the_provider_does_not_read_is_found() =>
        Assert.NotNull(Unread(JsonNode.Parse("""{ "replace": ["cidr_block"], "id": "vpc-{hex17}" }""")!.AsObject(), TypeTraits.None));

    [Fact]
    public void Two_files_that_define_one_type_are_refused()
    {
        ReadOnlyMemory<byte> vpc = """{ "aws_vpc": {} }"""u8.ToArray();

        Assert.Contains(
            "aws_vpc is already defined in file 1", Assert.Throws<InvalidDataException>(() => TraitsTable.Parse(vpc, vpc)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_path_is_in_the_schema_and_fits_its_use()
    {
        var entries = Entries().ToDictionary(entry => entry.Type, entry => entry.Entry);
        var schemas = Schemas().Where(schema => entries.ContainsKey(schema.Type)).ToArray();
        var gate = new Gate("traits with a schema", schemas.Select(schema => schema.Type));

        foreach (var (type, schema) in schemas)
        {
            gate.Record(type, Complaint(Uses(entries[type]).Select(use => Violation(schema, use.Key, use.Path))));
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
            var templates = new[] { "id", "arn", "values", "valuesWhen" }.SelectMany(key => Templates(entry[key]));
            gate.Record(type, Complaint(templates.Select(template => Unknown(template, schemas.GetValueOrDefault(type)))));
        }

        gate.Close();
    }

    [Fact]
    public void What_templates_make_looks_as_AWS_documents_it()
    {
        var entries = Entries().Where(entry => entry.Type.StartsWith("aws_", StringComparison.Ordinal)).ToArray();
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
    [InlineData("not a key of an entry", """{ "replaces": [] }""")]
    [InlineData("not a format", """{ "formats": { "cidr_block": "cdir" } }""")]
    [InlineData("no entry", """{ "exists": { "name": "aws_nothing" } }""")]
    [InlineData("sorted", """{ "replace": ["b", "a"] }""")]
    public void An_entry_with_a_fault_is_found(string complaint, string entry) =>
        Assert.Contains(complaint, Malformed(JsonNode.Parse(entry)!.AsObject()) ?? "");

    [Theory]
    [InlineData("values", "cidr_block", "is not computed")]
    [InlineData("replace", "arn", "is not an argument")]
    [InlineData("defaults", "name", "is not optional")]
    [InlineData("replace", "cdir_block", "is not in the schema")]
    [InlineData("replace", "rule.prot", "is not in the schema")]
    [InlineData("onUpdate", "cidr_block", "is not computed")]
    public void A_path_that_does_not_fit_is_found(string key, string path, string complaint)
    {
        var schema = JsonNode.Parse("""{ "arn": "computed string", "cidr_block": "optional string", "name": "required string", "rule": { "$": "list 0..*", "port": "optional number" } }""")!;

        Assert.Contains(complaint, Violation(schema.AsObject(), key, path));
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
    public void A_placeholder_that_does_not_exist_is_found(string template) =>
        Assert.NotNull(Unknown(template, JsonNode.Parse("""{ "cidr_block": "optional string" }""")!.AsObject()));

    // One file of the reviewed traits: `Traits/<provider>/<service>.json`.
    private IEnumerable<(string Provider, string Service, JsonObject Table)> Tables() =>
        Directory.EnumerateFiles(workbench.Checkout.PathTo("src", "Provider", "Traits"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => Path.GetFileName(file) is not "traits.schema.json")
            .Select(file => (
                Path.GetFileName(Path.GetDirectoryName(file)!),
                Path.GetFileNameWithoutExtension(file),
                JsonNode.Parse(File.ReadAllText(file))!.AsObject()));

    private IEnumerable<(string Type, JsonObject Entry)> Entries() => Tables().SelectMany(table => Entries(table.Table));

    private static IEnumerable<(string Type, JsonObject Entry)> Entries(JsonObject table) =>
        table.Where(entry => entry.Key is not "$schema").Select(entry => (entry.Key, entry.Value!.AsObject()));

    private IEnumerable<(string Type, JsonObject Schema)> Schemas() =>
        Directory.EnumerateFiles(workbench.Checkout.PathTo("src", "Provider", "Schemas"), "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["resources"]!.AsObject())
            .Select(resource => (resource.Key, resource.Value!.AsObject()));

    private static string? Misplaced(string type, string provider, string service) =>
        !type.StartsWith($"{provider}_", StringComparison.Ordinal) ? $"{type} belongs to Traits/{type.Split('_')[0]}"
        : provider is "aws" && ServicePrefix.Of(type) != service ? $"{type} belongs to Traits/aws/{ServicePrefix.Of(type)}.json"
        : null;

    // Counts what an entry says and what the provider knows of it: each key of the file is one of the record.
    private static string? Unread(JsonObject entry, TypeTraits read)
    {
        int Written(string key) => entry[key] switch { JsonObject members => members.Count, JsonArray names => names.Count, null => 0, _ => 1 };

        (string Key, int Read)[] known =
        [
            ("id", read.Id is null ? 0 : 1), ("arn", read.Arn is null ? 0 : 1), ("values", read.Values.Count), ("valuesWhen", read.ValuesWhen.Count),
            ("defaults", read.Defaults.Count),
            ("replace", read.Replace.Count), ("onUpdate", read.OnUpdate.Count), ("sensitive", read.Sensitive.Count), ("unique", read.Unique.Count),
            ("exists", read.Exists.Count),
            ("formats", read.Formats.Count), (
                "defaultOf",
                read.DefaultOf is null ? 0 : 3), ("rules", read.Rules.Count), ("deletionRules", read.DeletionRules.Count), ("takes", read.Takes.Count),
            ("asksFor", read.AsksFor.Count),
            ("blocksDeletion", read.BlocksDeletion.Count), ("force", read.Force is null ? 0 : 1), ("network", read.Network is null ? 0 : Written("network")),
        ];

        return Complaint([
            .. known.Where(one => one.Read != Written(one.Key)).Select(one => $"{one.Key}: {Written(one.Key)} written, {one.Read} read"),
            .. entry.Select(member => member.Key).Except(known.Select(one => one.Key)).Select(key => $"{key} is not read"),
        ]);
    }

    private string? Malformed(JsonObject entry)
    {
        HashSet<string> types = [.. Entries().Select(known => known.Type)];

        return Complaint([
            .. entry.Where(member => !Keys.Contains(member.Key)).Select(member => $"{member.Key} is not a key of an entry"),
            .. Texts(entry["formats"]).Where(format => !Formats.Contains(format.Value))
                .Select(format => $"formats.{format.Key}: {format.Value} is not a format"),
            .. Texts(entry["exists"]).Concat(Texts(entry["blocksDeletion"])).Where(needed => !types.Contains(needed.Value))
                .Select(needed => $"{needed.Key}: {needed.Value} has no entry"),
            .. entry.Select(member => Unsorted(member.Value)),
            entry["defaultOf"] is JsonObject adopted
                && !adopted.Select(member => member.Key).Order(StringComparer.Ordinal).SequenceEqual(["attribute", "by", "type"])
                ? "defaultOf needs attribute, by and type" : null,
        ]);
    }

    // Keys of objects, and lists of names; values keep the order they have in AWS.
    private static string? Unsorted(JsonNode? node) => node switch
    {
        JsonArray rules when rules.Any(rule => rule is JsonObject) && !rules.GetPath().Contains("values", StringComparison.Ordinal) =>
            rules.Where(rule => !IsSorted(rule!.AsObject())).Select(rule => $"{rule!.GetPath()} is not sorted").FirstOrDefault(),
        JsonObject members when !IsSorted(members) => $"{members.GetPath()} is not sorted",
        JsonArray names when names.Parent?.GetPath().Contains("values", StringComparison.Ordinal) is not true
            && names.All(name => name?.GetValueKind() is JsonValueKind.String)
            && !names.Select(name => (string)name!).SequenceEqual(names.Select(name => (string)name!).Distinct().Order(StringComparer.Ordinal)) =>
                $"{names.GetPath()} is not sorted",
        JsonObject members when !members.GetPath().Contains("values", StringComparison.Ordinal) =>
            members.Select(member => Unsorted(member.Value)).FirstOrDefault(complaint => complaint is not null),
        _ => null,
    };

    private static bool IsSorted(JsonObject members) =>
        members.Select(member => member.Key).SequenceEqual(members.Select(member => member.Key).Order(StringComparer.Ordinal));

    private static IEnumerable<KeyValuePair<string, string>> Texts(JsonNode? node) =>
        node is JsonObject members ? members.Select(member => KeyValuePair.Create(member.Key, (string)member.Value!)) : [];

    private static IEnumerable<(string Key, string Path)> Uses(JsonObject entry) => entry.SelectMany(member => (member.Key, member.Value) switch
    {
        ("id" or "arn", _) => [("identity", member.Key)],
        ("rules" or "deletionRules", JsonArray rules) =>
            rules.SelectMany(rule => Rule.Parse(JsonSerializer.SerializeToElement(rule)).Paths).Select(path => ("argument", path)),
        ("force", JsonValue argument) => [("argument", (string)argument!)],
        ("network", JsonObject network) => network.Where(part => part.Key is not "extends")
            .SelectMany(part => part.Value is JsonArray names ? names.Select(name => ("argument", (string)name!)) : [("argument", (string)part.Value!)]),
        ("asksFor", JsonObject names) => names.Select(name => (member.Key, (string)name.Value!)),
        ("takes" or "blocksDeletion", JsonObject paths) => paths.Select(path => ("argument", path.Key)),
        ("values" or "defaults" or "exists" or "formats", JsonObject paths) => paths.Select(path => (member.Key, path.Key)),
        ("valuesWhen", JsonObject cases) => cases.SelectMany(
            chosen => chosen.Value!.AsObject().Select(path => ("values", path.Key)).Append(("condition", Condition().Replace(chosen.Key, "")))),
        ("defaultOf", JsonObject adopted) => [("unique", (string)adopted["by"]!)],
        ("onUpdate", JsonArray paths) => paths.Select(path => ((string)path!).Split(" when ")).SelectMany(
            parts => parts.Skip(1).Select(condition => ("condition", Condition().Replace(condition, ""))).Prepend((member.Key, parts[0]))),
        (_, JsonArray paths) => paths.Select(path => (member.Key, (string)path!)),
        _ => Array.Empty<(string, string)>(),
    });

    private static string? Violation(JsonObject schema, string key, string path) => (key, Flags(schema, path.Split('.'))) switch
    {
        (_, null) => $"{key}: {path} is not in the schema",
        ("identity" or "values" or "onUpdate", var flags) => flags.Contains("computed") ? null : $"{key}: {path} is not computed",
        ("defaults", var flags) => flags.Contains("optional") ? null : $"{key}: {path} is not optional",
        ("replace" or "exists" or "formats" or "condition" or "argument", var flags) =>
            flags.Contains("optional") || flags.Contains("required") ? null : $"{key}: {path} is not an argument",
        _ => null,
    };

    // Blocks are arguments; what is inside an attribute of objects is what the attribute is.
    private static string[]? Flags(JsonObject block, ReadOnlySpan<string> path) => block[path[0]] switch
    {
        JsonObject nested when path.Length > 1 => Flags(nested, path[1..]),
        JsonObject nested => [
            .. ((string)nested["$"]!).Split(' '),
            .. ((string)nested["$"]!).StartsWith("attribute", StringComparison.Ordinal) ? Array.Empty<string>() : ["optional"]
        ],
        JsonValue attribute when path.Length is 1 || ((string)attribute!).Contains($"{path[^1]}=", StringComparison.Ordinal) => ((string)attribute!).Split(' '),
        _ => null,
    };

    private static IEnumerable<string> Templates(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Templates(member.Value)),
        JsonArray items => items.SelectMany(Templates),
        JsonValue text when text.GetValueKind() is JsonValueKind.String => [(string)text!],
        _ => [],
    };

    private static string? Unknown(string template, JsonObject? schema) => Complaint(Placeholder().Matches(template)
        .SelectMany(placeholder => placeholder.Groups["names"].Value.Split('|'))
        .Where(name => !Made().IsMatch(name) && !Literal().IsMatch(name) && !IsAttribute(name, schema))
        .Select(name => $"{{{name}}} is neither a placeholder nor an attribute"));

    // Behind the first dot may stand a member, or an attribute of the resource that the first names.
    private static bool IsAttribute(string name, JsonObject? schema) =>
        AttributeName().IsMatch(name)
            && (schema is null
                || Bare(name).Split('.')[0] is var first
                    && (schema.ContainsKey(first) || schema.ToJsonString().Contains($"\"{first}\"", StringComparison.Ordinal)));

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

        public string Expand(string template) =>
            Placeholder().Replace(template, placeholder => placeholder.Groups["names"].Value.Split('|').Select(Value).First(value => value is not "")!);

        private string Value(string name)
        {
            var size = Digits().Match(name) is { Success: true } digits ? int.Parse(digits.Value) : 0;

            return name switch
            {
                "hex17" => "0123456789abcdef0",
                _ when name.StartsWith("next", StringComparison.Ordinal) => "1",
                _ when Literal().IsMatch(name) => name.Trim('\''),
                _ when Made().IsMatch(name) && size is 0 => Known[name],
                _ when Made().IsMatch(name) && size > 0 =>
                    string.Concat(Enumerable.Repeat(name[0] switch { 'l' => "abcdefghij", 'u' => "ABCDEFGHIJ", _ => "0123456789" }, 10))[..size],
                "id" or "arn" when (string?)entry[name] is { } own => Expand(own),
                "id" when (string?)entry["defaultOf"]?["attribute"] is { } adopted => Known[adopted],
                "id" => "0123456789",
                _ when entry["values"]?[name] is JsonValue own && own.ToString() is not "" => Expand(own.ToString()),
                _ when Known.TryGetValue(Bare(name).Split('.')[^1], out var known) =>
                    name == Bare(name) ? known : known[(known.IndexOf("//", StringComparison.Ordinal) + 2)..],
                _ when name.Contains("topic", StringComparison.Ordinal) => "arn:aws:sns:eu-central-1:123456789012:orders",
                _ when name.EndsWith("arn", StringComparison.Ordinal) => "arn:aws:lambda:eu-central-1:123456789012:function:orders",
                _ => "orders",
            };
        }

    }

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Digits();
}
