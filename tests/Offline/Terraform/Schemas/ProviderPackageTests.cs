using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>A provider's schema is read from its package, in full and as the provider has it, or the package is refused by name.</summary>
public sealed class ProviderPackageTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static UsedType Resource(string provider, string name) => new($"registry.terraform.io/hashicorp/{provider}", TypeKind.Resource, name);

    private static UsedType Data(string provider, string name) => new($"registry.terraform.io/hashicorp/{provider}", TypeKind.Data, name);

    private static UsedType Ephemeral(string provider, string name) => new($"registry.terraform.io/hashicorp/{provider}", TypeKind.Ephemeral, name);

    /// <summary>
    /// Each tells something: sets of blocks, object attributes written like blocks (<c>ingress</c>), computed lists of objects, blocks in blocks, the plugin
    /// framework's unlimited blocks and object attributes, write-only and nested attributes. The approved files were compared with the providers' documentation
    /// and sources.
    /// </summary>
    private static readonly UsedType[] Telling =
    [
        Resource("aws", "aws_vpc"),
        Resource("aws", "aws_security_group"),
        Resource("aws", "aws_dynamodb_table"),
        Resource("aws", "aws_eks_cluster"),
        Resource("aws", "aws_launch_template"),
        Resource("aws", "aws_lb_listener"),
        Resource("aws", "aws_s3_bucket_lifecycle_configuration"),
        Resource("aws", "aws_s3tables_table"),
        Resource("aws", "aws_lexv2models_bot_version"),
        Resource("aws", "aws_secretsmanager_secret_version"),
        Data("aws", "aws_iam_policy_document"),
        Ephemeral("aws", "aws_secretsmanager_secret_version"),
        Resource("helm", "helm_release"),
        Resource("kubernetes", "kubernetes_deployment_v1"),
        Resource("kubernetes", "kubernetes_manifest"),
        Resource("random", "random_password"),
        Ephemeral("random", "random_password"),
        Data("tls", "tls_certificate"),
    ];

    private ProviderPackages Packages => new(workbench.Checkout, workbench.Tools);

    [Fact]
    public async Task Telling_types_are_as_approved()
    {
        var packages = Packages;
        var providers = Telling.Select(type => type.Provider).Distinct().ToList();
        var gate = new Gate("schemas of telling types", providers);

        foreach (var provider in providers)
        {
            var (schema, unknown) = (await packages.ReadAsync(provider, Stop)).Select(Telling);
            gate.Record(
                provider,
                unknown is []
                    ? Approved.Compare(workbench, $"schema.{provider.Split('/')[^1]}.json", SchemaFile.Text(schema))
                    : $"lacks {string.Join(", ", unknown)}");
        }

        gate.Close();
    }

    [Fact]
    public async Task Every_known_provider_can_be_read()
    {
        var packages = Packages;
        var tools = workbench.Tools.Manifest.Providers;
        var gate = new Gate("packages of providers", tools.Select(tool => $"{tool.Npm} {tool.Version}"));

        foreach (var tool in tools)
        {
            var schema = await packages.ReadAsync(tool, Stop);
            var types = schema.Resources.Count + schema.Data.Count + schema.Ephemeral.Count;
            gate.Record(
                $"{tool.Npm} {tool.Version}",
                (schema.Source, types) is (_, > 0) && schema.Source == $"{tool.Npm} {tool.Version}" ? null : $"{schema.Source} with {types} types");
        }

        gate.Close();
    }

    [Fact]
    public async Task The_whole_of_aws_is_there()
    {
        var aws = await Packages.ReadAsync("registry.terraform.io/hashicorp/aws", Stop);

        Assert.Equal("6.66.0", aws.Version);
        Assert.Equal((1725, 683, 10), (aws.Resources.Count, aws.Data.Count, aws.Ephemeral.Count));
        Assert.IsType<NestedSchema>(Assert.IsType<NestedSchema>(aws.Resources["aws_wafv2_web_acl"]["rule"]).Members["statement"]);
    }

    [Fact]
    public async Task A_provider_without_a_package_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => Packages.ReadAsync("registry.terraform.io/hashicorp/google", Stop));

        Assert.Contains("registry.terraform.io/hashicorp/google", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("build/tools.yaml", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_gives_its_schema()
    {
        var schema = PackedPackage.Pack(workbench, PackedPackage.Files).ReadAll();

        Assert.Equal(
            """
            {
              "provider": "registry.terraform.io/made/toy",
              "version": "1.2.3",
              "source": "@made/provider-toy 9.9.9",
              "configuration": {
                "place": "optional string"
              },
              "resources": {
                "toy_widget": {
                  "name": "required string",
                  "parts": "computed set(map(string))"
                }
              },
              "data": {},
              "ephemeral": {}
            }

            """,
            SchemaFile.Text(schema));
    }

    /// <summary>What is wrong with a package, as a change to its files, and what the refusal says of it.</summary>
    public static TheoryData<string, string?, string, string> Broken => new()
    {
        { "package.json", null, "package.json", "there is none" },
        { "package.json", "{}", "package.json", "which provider" },
        { "lib/provider/index.js", null, "lib/provider", "no class of the provider's configuration" },
        { "lib/widget/index.js", "\"use strict\";", "lib/widget/index.js", "no inline source map" },
        { "lib/widget/index.js", "//# sourceMappingURL=data:application/json;base64,%%%", "lib/widget/index.js", "not Base64" },
        { "lib/widget/index.js", PackedPackage.Script("export const nothing = 1;"), "lib/widget/index.js", "0 classes" },
        { "lib/widget/index.js", Widget("tfResourceType", "somethingElse"), "lib/widget/index.js", "tfResourceType" },
        { "lib/widget/index.js", Widget("stringToHclTerraform", "complexToHclTerraform"), "toy_widget: name", "complexToHclTerraform" },
        { "lib/widget/index.js", Widget("StringMapList", "OddCollection"), "toy_widget: parts", "OddCollection" },
        {
            "lib/widget/index.js",
            Widget("optional: false, required: true", "optional: false, required: false"),
            "toy_widget: name",
            "neither required nor optional nor computed"
        },
        { "lib/widget/index.js", Widget("interface WidgetConfig", "interface Other"), "toy_widget", "no interface WidgetConfig" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_package_in_an_unknown_form_is_refused_with_its_file(string file, string? content, string place, string problem)
    {
        var files = PackedPackage.Files;

        if (content is null)
        {
            files.Remove(file);
        }
        else
        {
            files[file] = content;
        }

        var refusal = Assert.Throws<InvalidDataException>(() => PackedPackage.Pack(workbench, files).ReadAll());

        Assert.StartsWith("@made/provider-toy@9.9.9", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void A_packed_file_that_is_cut_off_is_refused(int length)
    {
        var package = PackedPackage.Pack(workbench, PackedPackage.Files);
        File.WriteAllBytes(package.PackedFile, File.ReadAllBytes(package.PackedFile)[..length]);

        var refusal = Assert.Throws<InvalidDataException>(() => package.ReadAll());

        Assert.StartsWith("@made/provider-toy@9.9.9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packed_file_with_another_hash_is_refused_and_leaves_nothing()
    {
        var checkout = new Harness.Repository(Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, "tampered-provider")).FullName);
        var tool = workbench.Tools.Manifest.Providers.Single(
            tool => tool.Address.EndsWith("/null", StringComparison.Ordinal)) with
        { Sha256 = new string('0', 64) };
        var tools = new Harness.Tools.ToolBox(checkout, workbench.Tools.Manifest with { Providers = [tool] });

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => new ProviderPackages(checkout, tools).ReadAsync(tool.Address, Stop));

        Assert.Contains(tool.Npm, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(checkout.Cache, "*.tgz", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(checkout.Cache, "schemas")));
    }

    [Fact]
    public async Task A_damaged_cache_is_made_again()
    {
        var checkout = new Harness.Repository(Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, "damaged-cache")).FullName);
        var packages = new ProviderPackages(checkout, new Harness.Tools.ToolBox(checkout, workbench.Tools.Manifest));
        const string Null = "registry.terraform.io/hashicorp/null";
        var first = SchemaFile.Text(await packages.ReadAsync(Null, Stop));
        var cached = Assert.Single(Directory.EnumerateFiles(Path.Combine(checkout.Cache, "schemas")));

        File.WriteAllText(cached, "not gzip");

        Assert.Equal(first, SchemaFile.Text(await packages.ReadAsync(Null, Stop)));
        Assert.Equal(cached, Assert.Single(Directory.EnumerateFiles(Path.Combine(checkout.Cache, "schemas"))));
    }

    [Fact]
    public async Task A_choice_of_types_is_kept_so_that_the_package_is_not_read_again_for_it()
    {
        var checkout = new Harness.Repository(Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, "kept-types")).FullName);
        var package = PackedPackage.Pack(workbench, PackedPackage.Files);
        var tool = new Harness.Tools.ProviderTool(
            "registry.terraform.io/made/toy",
            package.Npm,
            package.Version,
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(package.PackedFile))));
        var tools = new Harness.Tools.ToolBox(checkout, workbench.Tools.Manifest with { Providers = [tool] });
        Directory.CreateDirectory(Path.GetDirectoryName(tools.PackedFile(tool))!);
        File.Copy(package.PackedFile, tools.PackedFile(tool));
        var said = new List<string>();
        UsedType[] widget = [new(tool.Address, TypeKind.Resource, "toy_widget")];

        var first = await new ProviderPackages(checkout, tools, said.Add).ReadAsync(tool, widget, Stop);
        Assert.StartsWith(
            "reading the schema of registry.terraform.io/made/toy from its package, the first time only: ", Assert.Single(said), StringComparison.Ordinal);

        // Neither the package nor the whole schema is there any more.
        File.Delete(tools.PackedFile(tool));
        Assert.All(Directory.GetFiles(Path.Combine(checkout.Cache, "schemas")), File.Delete);

        Assert.Equal(SchemaFile.Text(first), SchemaFile.Text(await new ProviderPackages(checkout, tools, said.Add).ReadAsync(tool, widget, Stop)));
        Assert.Equal("toy_widget", Assert.Single(first.Resources).Key);
        Assert.Single(said);
        await Assert.ThrowsAsync<Harness.CommandFailedException>(() => new ProviderPackages(checkout, tools, said.Add).ReadAsync(tool, [], Stop));
    }

    private static string Widget(string right, string wrong) => PackedPackage.Script(PackedPackage.Widget.Replace(right, wrong, StringComparison.Ordinal));
}
