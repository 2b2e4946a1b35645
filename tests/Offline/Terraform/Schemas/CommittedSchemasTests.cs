using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>The repository has the schemas its Terraform needs, and no others.</summary>
public sealed class CommittedSchemasTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Harness.Repository Checkout(string name, string configuration)
    {
        var checkout = new Harness.Repository(Path.Combine(workbench.Scratch.FullName, name));
        Directory.CreateDirectory(checkout.PathTo("terraform", "modules"));
        File.WriteAllText(checkout.PathTo("terraform", "modules", "main.tf"), configuration);

        return checkout;
    }

    private Task<IReadOnlyList<Harness.GeneratedFile>> Generate(Harness.Repository checkout) =>
        CommittedSchemas.GenerateAsync(checkout, new ProviderPackages(workbench.Checkout, workbench.Tools), Stop);

    [Fact]
    public async Task Each_provider_in_use_has_a_file_with_the_types_in_use()
    {
        var checkout = Checkout("committed", """
            resource "null_resource" "x" {}
            resource "random_pet" "x" {}
            resource "random_nothing_of_the_kind" "x" {}
            """);

        var files = await Generate(checkout);

        Assert.Equal(
            [checkout.PathTo("src", "Provider", "Schemas", "null.json"), checkout.PathTo("src", "Provider", "Schemas", "random.json")],
            files.Select(file => file.Path));
        Assert.Contains("\"random_pet\"", files[1].Content, StringComparison.Ordinal);
        Assert.DoesNotContain("\"random_password\"", files[1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_stale_as_soon_as_another_type_is_used()
    {
        var checkout = Checkout("stale", """resource "random_pet" "x" {}""");
        Assert.Single(await Generate(checkout)).Write();
        Assert.True(Assert.Single(await Generate(checkout)).IsFresh());

        File.AppendAllText(checkout.PathTo("terraform", "modules", "main.tf"), "\nresource \"random_id\" \"x\" {}\n");

        Assert.False(Assert.Single(await Generate(checkout)).IsFresh());
    }

    [Fact]
    public async Task A_file_of_a_provider_that_is_not_used_is_unexpected()
    {
        var checkout = Checkout("unexpected", """resource "random_pet" "x" {}""");
        var files = await Generate(checkout);
        Assert.Single(files).Write();
        var unexpected = Path.Combine(CommittedSchemas.Folder(checkout), "left-over.json");
        File.WriteAllText(unexpected, "{}");

        Assert.Equal([unexpected], CommittedSchemas.Unexpected(checkout, files));
    }

    [Fact]
    public async Task A_provider_without_a_package_is_refused_with_the_file_that_needs_it()
    {
        var checkout = Checkout("unknown", """resource "google_project" "x" {}""");

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => Generate(checkout));

        Assert.Contains(checkout.PathTo("terraform", "modules", "main.tf"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("hashicorp/google", refusal.Message, StringComparison.Ordinal);
    }
}
