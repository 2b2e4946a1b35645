using Causeway.Harness.Terraform.Schemas;
using Causeway.Provider.Schemas;
using Causeway.Provider.Traits;
using Causeway.ProviderSchemas;

namespace Causeway.Offline.Terraform.Provider;

public sealed class SecretsTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_path_that_the_traits_call_sensitive_is_marked_in_the_schema_that_is_served()
    {
        var table = TraitsTable.OfProvider("aws");
        var secrets = table.Types.SelectMany(type => table.Of(type).Sensitive.Select(path => (Type: type, Path: path))).ToList();
        var (schema, _) = (await new ProviderPackages(workbench.Checkout, workbench.Tools).ReadAsync("registry.terraform.io/hashicorp/aws", Stop))
            .Select(secrets.Select(secret => new UsedType("registry.terraform.io/hashicorp/aws", TypeKind.Resource, secret.Type)).Distinct());
        var served = ServedSchema.Parse(System.Text.Encoding.UTF8.GetBytes(SchemaFile.Text(schema)), "aws");
        var gate = new Gate("sensitive paths", secrets.Select(secret => $"{secret.Type}.{secret.Path}"));

        foreach (var (type, path) in secrets)
        {
            var block = Secrets.Marked(served.Resources[type], table.Of(type).Sensitive);
            gate.Record($"{type}.{path}", IsMarked(block, path.Split('.')) ? null : "is not marked");
        }

        gate.Close();
    }

    [Fact]
    public void An_argument_whose_name_says_that_it_takes_a_secret_is_one_in_every_type_and_a_read_only_one_is_not()
    {
        var schema = ServedSchema.Parse("""
            {
              "provider": "registry.terraform.io/hashicorp/aws", "version": "6.66.0",
              "resources": { "aws_unlisted": {
                "user": { "$": "list 0..*", "password": "required string", "groups": "optional list(string)" },
                "master_password": "optional string", "password_length": "optional number", "secret_arn": "optional string", "token": "computed string"
              } }
            }
            """u8.ToArray(), "test");

        var block = Secrets.Marked(schema.Resources["aws_unlisted"], []);

        Assert.True(block.Blocks["user"].Block.Attributes["password"].Sensitive);
        Assert.True(block.Attributes["master_password"].Sensitive);
        Assert.All(["password_length", "secret_arn", "token"], name => Assert.False(block.Attributes[name].Sensitive));
    }

    // Marked itself, or part of what is marked as a whole.
    private static bool IsMarked(Block block, string[] path) =>
        block.Attributes.TryGetValue(path[0], out var attribute) ? attribute.Sensitive || (attribute.Nested is { } nested && IsMarked(nested.Block, path[1..]))
        : block.Blocks.TryGetValue(path[0], out var inner) && IsMarked(inner.Block, path[1..]);
}
