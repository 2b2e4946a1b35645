using Causeway.Harness.Contract;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Harness.Checks.Gates;

/// <summary>Environments, releases, contracts, objectives, waivers and prices fit their schemas, and no file lies among them that is not read.</summary>
internal sealed class Documents : IGate
{
    public string Name => "documents";

    public bool IsQuick => true;

    public bool IsAbout(string file) => file.StartsWith("schemas/", StringComparison.Ordinal) || SchemaOf(file) is not null;

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var root = context.Repository.Root;
        var documents = (await context.FilesAsync()).Select(file => (File: file, Schema: SchemaOf(file)))
            .Where(document => document.Schema is not null)
            .ToArray();
        tally.Expect(documents.Select(document => document.File));
        var schemas = documents.Select(document => document.Schema!).Distinct().ToDictionary(name => name, name => DocumentSchema.Load(root, name));

        foreach (var (file, schema) in documents)
        {
            var problems = schemas[schema!].Problems(Yaml.LoadFile(context.Repository.PathTo(file)));
            tally.Record(file, problems is [] ? null : string.Join('\n', problems));
        }

        const string Environments = "terraform/envs";
        tally.Expect(Environments);
        var stacks = new Stacks(root);
        string[] missing = documents is [] ? ["there is no environment, no release and no contract"] : [];
        string[] others = [.. missing, .. stacks.Violations().Concat(stacks.Environments().SelectMany(stacks.ViolationsOfReleases)).Distinct()];
        tally.Record(Environments, others is [] ? null : string.Join('\n', others));
    }

    private static string? SchemaOf(string file) => file.Split('/') switch
    {
        _ when Path.GetExtension(file) is not ".yaml" => null,
        ["services", _, "workload.yaml"] => "workload",
        ["services", _, "slo.yaml"] => "slo",
        ["services", _, "commands", _] => "command",
        ["terraform", "envs", _, "env.yaml"] => "environment",
        ["terraform", "envs", _, "releases", _] => "release",
        ["terraform", "prices", ..] => "prices",
        ["waivers.yaml"] => "waivers",
        _ => null,
    };
}
