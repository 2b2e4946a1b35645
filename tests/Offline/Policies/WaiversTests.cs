using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Contract;
using Causeway.Harness.Policies;
using Causeway.Harness.Terraform.Plans;
using Causeway.Offline.Terraform.Modules;

namespace Causeway.Offline.Policies;

public sealed class WaiversTests(Workbench workbench)
{
    private static readonly DateOnly Today = new(2027, 1, 31);

    private readonly DocumentSchema schema = DocumentSchema.Load(workbench.Checkout.Root, "waivers");

    [Fact]
    public void A_waiver_excuses_what_it_names_until_its_last_day()
    {
        var waivers = Waivers.Parse(Document(expires: "2027-01-31"), schema, Today);

        Assert.NotNull(waivers.For("LOG-1", "dev/foundation", "module.network.aws_cloudwatch_log_group.flow_logs[0]"));
        Assert.Null(waivers.For("LOG-1", "prod/foundation", "module.network.aws_cloudwatch_log_group.flow_logs[0]"));
        Assert.Null(waivers.For("LOG-1", "dev/foundation", "aws_cloudwatch_log_group.other"));
        Assert.Null(waivers.For("KMS-1", "dev/foundation", "module.network.aws_cloudwatch_log_group.flow_logs[0]"));
    }

    [Fact]
    public void An_expired_waiver_excuses_nothing_and_is_known_as_expired()
    {
        var waivers = Waivers.Parse(Document(expires: "2027-01-30"), schema, Today);

        Assert.Null(waivers.For("LOG-1", "dev/foundation", "module.network.aws_cloudwatch_log_group.flow_logs[0]"));
        Assert.Contains("ended on 2027-01-30: platform-team decides", Assert.Single(waivers.Problems("dev/foundation", [])), StringComparison.Ordinal);
        Assert.Empty(waivers.Problems("prod/foundation", []));
    }

    [Fact]
    public void A_waiver_in_an_environments_folder_is_about_that_environment_alone_and_is_named_with_its_file()
    {
        const string File = "terraform/envs/dev/waivers.yaml";

        Assert.Contains(
            $"{File}: the waiver of LOG-1",
            Assert.Single(Waivers.Parse(Document(expires: "2027-01-30"), schema, Today, File).Problems("dev/foundation", [])),
            StringComparison.Ordinal);
        Assert.Equal(
            "terraform/envs/prod/waivers.yaml: dev/foundation is not of prod; write this waiver into waivers.yaml.",
            Assert.Throws<InvalidDataException>(
                () => Waivers.Parse(Document(expires: "2027-01-31"), schema, Today, "terraform/envs/prod/waivers.yaml")).Message);
    }

    [Fact]
    public void A_waiver_that_excuses_nothing_is_to_be_removed() => Assert.Contains(
        "excuses nothing: remove it",
        Assert.Single(Waivers.Parse(Document(expires: "2027-01-31"), schema, Today).Problems("dev/foundation", [])),
        StringComparison.Ordinal);

    [Fact]
    public void A_waiver_that_approves_a_change_may_stay_until_its_last_day_when_the_change_is_over()
    {
        var document = Document(expires: "2027-01-31");
        document["waivers"]![0]!["policy"] = "PLN-1";

        Assert.Empty(Waivers.Parse(document, schema, Today).Problems("dev/foundation", []));
        Assert.Contains("ended on", Assert.Single(Waivers.Parse(document, schema, Today.AddDays(1)).Problems("dev/foundation", [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_waiver_is_of_a_plan_or_a_rendering_that_there_is()
    {
        var checkout = workbench.Checkout;
        var stacks = new Stacks(checkout.Root);
        HashSet<string> judged =
        [
            .. stacks.Environments().SelectMany(stacks.In).Select(instance => instance.Name),
            .. RepositoryModules.Examples(checkout),
            .. RenderRunTests.Rendered(checkout),
            .. ValueSet.Names,
        ];
        var waivers = Waivers.Load(checkout, TimeProvider.System);
        var gate = new Gate("waivers", waivers.All.Concat(waivers.Expired).Select(NameOf));

        foreach (var waiver in waivers.All.Concat(waivers.Expired))
        {
            gate.Record(NameOf(waiver), judged.Contains(waiver.Judged) ? null : $"there is no {waiver.Judged}: it excuses nothing");
        }

        gate.Close();

        static string NameOf(Waiver waiver) => $"{waiver.Policy} on {waiver.Address} in {waiver.Judged}";
    }

    [Fact]
    public void The_documents_example_is_a_waiver_of_each_sort()
    {
        var document = File.ReadAllText(Path.Combine(workbench.Checkout.Root, "docs", "policies.md"));
        var example = document.Split("```yaml\n")[1].Split("```")[0];

        Assert.Equal(
            ["dev/foundation", "local/stand-ins"], Waivers.Parse((JsonObject)Yaml.Load(example)[0], schema, Today).All.Select(waiver => waiver.Judged));
    }

    [Theory]
    [InlineData("owner", null, "waivers.yaml: waivers[0].owner is missing")]
    [InlineData("expires", "soon", "waivers.yaml: waivers[0].expires should match")]
    [InlineData("expires", "2027-02-30", "waivers.yaml: waivers[0]: expires is 2027-02-30, a day that does not exist")]
    [InlineData("policy", "LOG-99", "waivers.yaml: waivers[0]: there is no policy LOG-99")]
    [InlineData("rendering", "prod/catalog", "waivers.yaml: waivers[0].plan is \"dev/foundation\", which is not allowed")]
    [InlineData("until", "2027-01-31", "waivers.yaml: waivers[0].until is not known here")]
    public void What_is_not_a_waiver_is_refused_at_its_place(string field, string? value, string message)
    {
        var document = Document(expires: "2027-01-31");
        var waiver = document["waivers"]![0]!.AsObject();

        if (value is null)
        {
            waiver.Remove(field);
        }
        else
        {
            waiver[field] = value;
        }

        var refused = Assert.Throws<InvalidDataException>(() => Waivers.Parse(document, schema, Today));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static JsonObject Document(string expires) => (JsonObject)Yaml.Load($"""
        waivers:
          - policy: LOG-1
            plan: dev/foundation
            address: module.network.*
            reason: a development environment
            owner: platform-team
            expires: "{expires}"
        """)[0];
}
