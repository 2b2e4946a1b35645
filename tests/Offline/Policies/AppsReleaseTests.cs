using Causeway.Harness.Policies;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform;

namespace Causeway.Offline.Policies;

/// <summary>What a plan's values make of Argo CD's objects is held against the policies of manifests.</summary>
public sealed class AppsReleaseTests(Workbench workbench)
{
    private const string Root = """
        provider "helm" {
          kubernetes = { config_path = "~/.kube/config" }
        }

        resource "helm_release" "root" {
          name       = "root"
          repository = "https://charts.example.com"
          chart      = "CHART"
          values     = [VALUES]
        }

        resource "terraform_data" "later" {}
        """;

    private const string Values = """
        yamlencode({
          projects     = { team = { namespace = "argocd", sourceRepos = ["*"] }, default = { namespace = "argocd", description = "Empty" } }
          applications = {
            root = {
              namespace = "argocd"
              project   = "team"
              source    = { repoURL = "https://github.com/example/platform", path = "apps", targetRevision = "main" }
            }
          }
        })
        """;

    [Theory]
    [InlineData(null, "Fail")]
    [InlineData(true, "Fail")]
    [InlineData(false, "Pass")]
    public async Task What_the_values_say_is_judged_and_a_branch_only_where_the_environment_is_not_protected(bool? isProtected, string branch)
    {
        var findings = await JudgeAsync("argocd-apps", Values, isProtected);

        Assert.Equal(
            [
                ("ARG-1", "helm_release.root: AppProject argocd/default", "Pass"),
                ("ARG-1", "helm_release.root: AppProject argocd/team", "Fail"),
                ("ARG-2", "helm_release.root: AppProject argocd/default", "Pass"),
                ("ARG-2", "helm_release.root: AppProject argocd/team", "Pass"),
                ("ARG-2", "helm_release.root: Application argocd/root", branch),
                ("ARG-3", "helm_release.root: Application argocd/root", "Fail"),
            ],
            Ordered(findings.Where(finding => finding.Policy.Id.StartsWith("ARG", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("yamlencode({ projects = { team = { description = terraform_data.later.id } } })")]
    [InlineData("yamlencode({ itemTemplates = [{ items = [], template = \"kind: Application\" }] })")]
    public async Task Where_the_values_do_not_say_it_every_kind_is_unknown(string values) => Assert.Equal(
        ["ARG-1 Unknown", "ARG-2 Unknown", "ARG-2 Unknown", "ARG-2 Unknown", "ARG-3 Unknown"],
        (await JudgeAsync("argocd-apps", values, null)).Select(finding => $"{finding.Policy.Id} {finding.Verdict.Kind}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Another_chart_makes_what_is_not_known_here() => Assert.Empty(await JudgeAsync("redis", Values, null));

    private static IEnumerable<(string, string, string)> Ordered(IEnumerable<Finding> findings) =>
        findings.Select(finding => (finding.Policy.Id, finding.Address, $"{finding.Verdict.Kind}")).Order();

    private async Task<IReadOnlyList<Finding>> JudgeAsync(string chart, string values, bool? isProtected)
    {
        var main = Root.Replace("CHART", chart, StringComparison.Ordinal).Replace("VALUES", values, StringComparison.Ordinal);
        await using var root = await TerraformRoot.CopyAsync(Scratch.Folder(workbench, main), Scratch.Stop);

        return PolicyCheck.Of(await root.PlanAsync(Scratch.Stop), "a plan", Waivers.None, isProtected);
    }
}
