using System.Text.Json.Nodes;
using Causeway.Harness.Argo;
using Causeway.Offline.Terraform;
using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Argo;

/// <summary>What an add-on may do in AWS reaches its pods: the stack gives it to the namespace and the service account that the chart gets.</summary>
public sealed class AddonPermissionsTests(Workbench workbench)
{
    internal const string Folder = "terraform/stacks/aws/gitops/addons";
    private const string Dns = Folder + "/external-dns.yaml";

    [Fact]
    [Trait("gate", "repository")]
    public void Every_permission_reaches_the_pods_of_its_add_on()
    {
        var files = Files(workbench.Checkout);
        var gate = new Gate("permissions of add-ons", files);

        files.ToList().ForEach(file => gate.Record(file, Problem(workbench.Checkout, file)));
        gate.Close();
    }

    [Theory]
    [InlineData(Dns, "namespace: external-dns", "namespace: dns", "is for the namespace dns, and the add-on runs in external-dns")]
    [InlineData(Dns, "serviceAccount: external-dns", "serviceAccount: dns", "is for the service account dns, which values.yaml of the add-on does not name")]
    [InlineData("argocd/platform/external-dns/values.yaml", "{ name: external-dns }", "{ create: true }", "which values.yaml of the add-on does not name")]
    public void One_that_reaches_none_is_named(string file, string from, string to, string problem)
    {
        var tree = Tree();
        var text = File.ReadAllText(tree.PathTo(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(tree.PathTo(file), text.Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(problem, Problem(tree, Path.GetFileName(Dns)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_an_add_on_that_is_not_there_is_named()
    {
        var tree = Tree();
        File.Move(tree.PathTo(Dns), tree.PathTo(Folder, "dns.yaml"));

        Assert.Equal("argocd/platform has no add-on dns", Problem(tree, "dns.yaml"));
    }

    private static IReadOnlyList<string> Files(Harness.Repository tree) =>
        [.. Directory.EnumerateFiles(tree.PathTo(Folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string? Problem(Harness.Repository tree, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);

        if (Addon.All(tree).SingleOrDefault(addon => addon.Name == name) is not { } addon)
        {
            return $"{Addon.Folder} has no add-on {name}";
        }

        var given = Harness.Yaml.LoadFile(tree.PathTo(Folder, file));
        var (ns, account) = ((string?)given["namespace"], (string?)given["serviceAccount"]);

        return ns != addon.Namespace ? $"is for the namespace {ns}, and the add-on runs in {addon.Namespace}"
            : !Accounts(Harness.Yaml.LoadFile(tree.PathTo(Addon.Folder, name, "values.yaml"))).Contains(account)
                ? $"is for the service account {account}, which values.yaml of the add-on does not name"
            : null;
    }

    // Charts have it at different places, under one name.
    private static IEnumerable<string?> Accounts(JsonNode? values) => values is not JsonObject map
        ? []
        : map.SelectMany(value => value.Key is "serviceAccount" ? [(string?)value.Value?["name"]] : Accounts(value.Value));

    private Harness.Repository Tree()
    {
        var tree = new Harness.Repository(Scratch.Folder(workbench, []));

        foreach (var folder in new[] { Addon.Folder, Folder, "schemas" })
        {
            StackTree.Copy(workbench.Checkout.PathTo(folder), tree.PathTo(folder));
        }

        return tree;
    }
}
