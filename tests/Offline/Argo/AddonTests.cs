using Causeway.Harness.Argo;
using Causeway.Offline.Terraform;
using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Argo;

/// <summary>An add-on is a folder: with it, nothing changes but the project that is generated.</summary>
public sealed class AddonTests(Workbench workbench)
{
    private const string Clock = """
        addon:
          repository: https://charts.example.com
          chart: clock
          version: "1.2.3"
          namespace: clocks
          values: {}
          clusterKinds: [time.example.com/Zone]
        """;

    [Fact]
    public void Every_add_on_of_this_repository_fits_its_schema()
    {
        var gate = new Gate(
            "add-ons", Directory.GetDirectories(workbench.Checkout.PathTo(Addon.Folder)).Select(folder => Path.GetFileName(folder)));

        Addon.All(workbench.Checkout).ToList().ForEach(addon => gate.Pass(addon.Name));
        gate.Close();
    }

    [Fact]
    public void A_new_folder_changes_the_platforms_project_by_what_it_asks_for()
    {
        var tree = Tree();
        var before = Projects(tree);
        Write(tree, "clock/addon.yaml", Clock);
        Write(tree, "clock/values.yaml", "{}");
        var after = Projects(tree);

        Assert.Equal(before["workloads.yaml"], after["workloads.yaml"]);
        Assert.Equal(
            [
                "    - https://charts.example.com",
                "    - { server: \"https://kubernetes.default.svc\", namespace: clocks }",
                "    - { group: \"time.example.com\", kind: Zone }",
            ],
            after["platform.yaml"].Except(before["platform.yaml"]));
        Assert.Empty(before["platform.yaml"].Except(after["platform.yaml"]));
    }

    [Theory]
    [InlineData("addon.yaml", Clock, "argocd/platform/clock lacks values.yaml")]
    [InlineData("values.yaml", "{}", "argocd/platform/clock lacks addon.yaml")]
    public void Half_an_add_on_is_refused(string file, string text, string message)
    {
        var tree = Tree();
        Write(tree, $"clock/{file}", text);

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Addon.All(tree)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_a_range_is_refused_with_its_place()
    {
        var tree = Tree();
        Write(tree, "clock/addon.yaml", Clock.Replace("1.2.3", "1.2.x", StringComparison.Ordinal));
        Write(tree, "clock/values.yaml", "{}");

        var refused = Assert.Throws<InvalidDataException>(() => Addon.All(tree));

        Assert.Contains("argocd/platform/clock/addon.yaml: addon.version should match", refused.Message, StringComparison.Ordinal);
    }

    private Harness.Repository Tree()
    {
        var tree = new Harness.Repository(Scratch.Folder(workbench, []));

        foreach (var folder in new[] { "argocd", "schemas", "terraform/envs" })
        {
            StackTree.Copy(workbench.Checkout.PathTo(folder), tree.PathTo(folder));
        }

        StackTree.Copy(workbench.Checkout.PathTo("services"), tree.PathTo("services"), "workload.yaml");

        return tree;
    }

    private static void Write(Harness.Repository tree, string file, string text)
    {
        var path = tree.PathTo("argocd", "platform", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static Dictionary<string, string[]> Projects(Harness.Repository tree) =>
        ProjectFiles.Of(tree).ToDictionary(file => Path.GetFileName(file.Path), file => file.Content.Split('\n'));
}
