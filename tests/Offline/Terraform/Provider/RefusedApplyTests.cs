namespace Causeway.Offline.Terraform.Provider;

/// <summary>What the cloud would refuse is refused: with the address, the argument and the line, and nothing is written.</summary>
public sealed class RefusedApplyTests(Workbench workbench)
{
    private const string Good = """
        resource "sample_network" "main" {
          name = "main"
          cidr = "10.0.0.0/16"
        }
        """;

    [Fact]
    public async Task What_names_nothing_or_exists_already_is_refused_where_it_stands()
    {
        var folder = await TerraformFolder.WithAsync(workbench, Good);
        await folder.ApplyAsync();
        var network = folder.Resources().Single();
        var before = await File.ReadAllTextAsync(folder.CloudPath, TestContext.Current.CancellationToken);
        var dangling = $"network-0{new string(network.Id![^1] is 'a' ? 'b' : 'a', 16)}";

        await RefusedAsync(
            folder,
            ["apply", "-auto-approve"],
            [
                Host("id", $"network_id = \"{dangling}\"", "network_id names", dangling),
                Host("arn", $"settings = {{ key = \"{network.Arn}0\" }}", "key names", $"{network.Arn}0"),
                Host("in_a_list", $"disk {{\n size = 1\n label = \"{dangling}\"\n }}", "label names", $": label = \"{dangling}\""),
                Host("in_a_set", $"rule {{\n port = 1\n }}\n rule {{\n port = 2\n network_id = \"{dangling}\"\n }}", "network_id names", dangling),
                Host("under_a_key", $"mounts = {{\n  a = {{ path = \"/\" }}\n  b = {{ path = \"{dangling}\" }}\n }}", "path names", dangling),
                Host("of_the_wrong_kind", "network_id = \"by-name\"", "network_id names by-name", ": network_id = \"by-name\""),
                Network("taken", "name = \"main\"\n  cidr = \"10.0.0.0/16\"", "exists already", ": name = \"main\""),
            ]);

        Assert.Equal(before, await File.ReadAllTextAsync(folder.CloudPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_another_account_has_is_not_looked_for()
    {
        var folder = await TerraformFolder.WithAsync(workbench, $$"""
            {{Good}}
            resource "sample_host" "far" {
              name       = "far"
              network_id = "arn:aws:sample:eu-central-1:999999999999:network/network-0123456789abcdef0"
            }
            """);

        Assert.Equal(["create sample_host.far", "create sample_network.main"], await folder.ApplyAsync());
    }

    [Fact]
    public async Task What_the_schema_or_a_format_forbids_is_refused_before_anything_is_planned()
    {
        var folder = await TerraformFolder.WithAsync(workbench, Good);

        await RefusedAsync(
            folder,
            ["validate"],
            [
                Network(
                    "host_bits", "name = \"bad\"\n  cidr = \"10.0.0.1/16\"", "Invalid value for cidr", ": cidr = \"10.0.0.1/16\"", "is the address of a host"),
                Network("no_network", "name = \"bad\"\n  cidr = \"ten\"", "Invalid value for cidr", ": cidr = \"ten\""),
                Host("json", "policy = \"{ a }\"", "Invalid value for policy", ": policy = \"{ a }\"", "invalid JSON"),
                Host("read_only", "token = \"x\"", "token", ": token = \"x\""),
                Host("too_many", string.Concat(Enumerable.Repeat("disk { size = 1 }\n", 4)), "Too many disk blocks"),
                Host("misspelt", "nmae = \"x\"", "Unsupported argument", ": nmae = \"x\""),
                Host("wrong_type", "replicas = \"many\"", "Incorrect attribute value type", ": replicas = \"many\""),
                ("missing", "resource \"sample_host\" \"missing\" {\n}\n", ["Missing required argument", "\"name\""]),
                ("none", "resource \"sample_rack\" \"none\" {\n  slot { name = \"a\" }\n}\n", ["Insufficient bolt blocks"]),
            ]);

        Assert.False(File.Exists(folder.CloudPath));
    }

    /// <summary>All at once: each error of Terraform's is about one resource.</summary>
    private static async Task RefusedAsync(TerraformFolder folder, string[] command, (string Name, string Configuration, string[] Wanted)[] cases)
    {
        folder.Configure($"{Good}\n{string.Concat(cases.Select(refused => refused.Configuration))}");
        string[] errors = (await folder.RefusedAsync(command)).Split(" Error: ")[1..];
        var gate = new Gate($"refused by {command[0]}", cases.Select(refused => refused.Name));

        foreach (var (name, _, wanted) in cases)
        {
            string[] addresses = [$"_network\" \"{name}\"", $"_host\" \"{name}\"", $"_rack\" \"{name}\""];
            var error = errors.FirstOrDefault(text => addresses.Any(address => text.Contains(address, StringComparison.Ordinal)));
            var missing = wanted.FirstOrDefault(text => error?.Contains(text, StringComparison.Ordinal) is false);
            gate.Record(name, error is null ? $"is in none of: {string.Join('\n', errors)}" : missing is null ? null : $"\"{missing}\" is not in: {error}");
        }

        gate.Close();
    }

    private static (string Name, string Configuration, string[] Wanted) Host(string name, string arguments, params string[] wanted) =>
        (name, $"resource \"sample_host\" \"{name}\" {{\n  name = \"{name}\"\n  {arguments}\n}}\n", wanted);

    private static (string Name, string Configuration, string[] Wanted) Network(string name, string arguments, params string[] wanted) =>
        (name, $"resource \"sample_network\" \"{name}\" {{\n  {arguments}\n}}\n", wanted);
}
