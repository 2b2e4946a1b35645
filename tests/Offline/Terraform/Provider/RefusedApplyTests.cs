namespace Causeway.Offline.Terraform.Provider;

/// <summary>What the cloud would refuse is refused: with the address, the argument and the line, and nothing is written.</summary>
public sealed class RefusedApplyTests(Workbench workbench)
{
    [Fact]
    public async Task What_names_nothing_or_exists_already_is_refused_where_it_stands()
    {
        const string Good = """
            resource "sample_network" "main" {
              name = "main"
              cidr = "10.0.0.0/16"
            }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Good);
        await folder.ApplyAsync();
        var network = folder.Resources().Single();
        var before = await File.ReadAllTextAsync(folder.CloudPath, TestContext.Current.CancellationToken);
        var dangling = $"network-0{new string(network.Id![^1] is 'a' ? 'b' : 'a', 16)}";
        var gate = new Gate("what the cloud refuses", Cases(dangling, network.Arn!).Select(refused => refused.Name));

        foreach (var (name, configuration, wanted) in Cases(dangling, network.Arn!))
        {
            folder.Configure($"{Good}\n{configuration}");
            var said = await folder.RefusedAsync("apply", "-auto-approve");
            var after = await File.ReadAllTextAsync(folder.CloudPath, TestContext.Current.CancellationToken);
            gate.Record(name, wanted.FirstOrDefault(text => !said.Contains(text, StringComparison.Ordinal)) is { } missing ? $"\"{missing}\" is not in: {said}" : after != before ? $"was written: {after}" : null);
        }

        gate.Close();
    }

    private static (string Name, string Configuration, string[] Wanted)[] Cases(string dangling, string arn) =>
    [
        ("dangling id", Host($"network_id = \"{dangling}\""), ["with sample_host.bad", "main.tf line 12", "network_id", dangling]),
        ("dangling ARN", Host($"policy = jsonencode({{}})\n  settings = {{ key = \"{arn}0\" }}"), ["with sample_host.bad", "main.tf line 13", "key", $"{arn}0"]),
        ("dangling id in a block of a list", Host($"disk {{\n size = 1\n label = \"{dangling}\"\n }}"), ["with sample_host.bad", "main.tf line 14", "label", dangling]),
        ("dangling id in a block of a set", Host($"rule {{\n port = 1\n }}\n rule {{\n port = 2\n network_id = \"{dangling}\"\n }}"), ["with sample_host.bad", "main.tf line", "network_id", dangling]),
        ("dangling id under a key", Host($"mounts = {{\n  a = {{ path = \"/\" }}\n  b = {{ path = \"{dangling}\" }}\n }}"), ["with sample_host.bad", "main.tf line", "path", dangling]),
        ("name in use", "resource \"sample_network\" \"bad\" {\n  name = \"main\"\n  cidr = \"10.0.0.0/16\"\n}", ["with sample_network.bad", "main.tf line 11", "name", "exists already"]),
        ("network with host bits", "resource \"sample_network\" \"bad\" {\n  name = \"bad\"\n  cidr = \"10.0.0.1/16\"\n}", ["with sample_network.bad", "main.tf line 12", "cidr", "10.0.0.1/16"]),
        ("no JSON", Host("policy = \"{ a }\""), ["with sample_host.bad", "main.tf line 12", "policy", "invalid JSON"]),
        ("read-only attribute", Host("token = \"x\""), ["with sample_host.bad", "main.tf line 12", "token"]),
        ("too many blocks", Host(string.Concat(Enumerable.Repeat("disk { size = 1 }\n", 4))), ["main.tf line", "disk"]),
        ("argument missing", "resource \"sample_host\" \"bad\" {\n}", ["main.tf line 10", "name"]),
    ];

    private static string Host(string arguments) => $"resource \"sample_host\" \"bad\" {{\n  name = \"bad\"\n  {arguments}\n}}";
}
