using Causeway.Provider.ComputedValues;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>The functions that hashicorp/aws brings along.</summary>
public sealed class FunctionTests
{
    private static ProviderFunction Function(string name) => Functions.Of("registry.terraform.io/hashicorp/aws").Single(function => function.Name == name);

    private static Value Call(string name, params string[] arguments) => Function(name).Call([.. arguments.Select(Value.Of)]);

    [Fact]
    public void An_ARN_is_built_and_taken_apart_again()
    {
        Assert.Equal("arn:aws:iam::444455556666:role/example", Call("arn_build", "aws", "iam", "", "444455556666", "role/example").AsText);
        Assert.Equal(
            """{account_id="444455556666",partition="aws",region="",resource="role/example",service="iam",}""",
            Call("arn_parse", "arn:aws:iam::444455556666:role/example").ToString());
        Assert.Equal("object({account_id=string,partition=string,region=string,resource=string,service=string})", Function("arn_parse").Returns.ToString());
    }

    [Fact]
    public void A_role_s_path_is_trimmed() =>
        Assert.Equal("arn:aws:iam::444455556666:role/example", Call("trim_iam_role_path", "arn:aws:iam::444455556666:role/with/path/example").AsText);

    [Theory]
    [InlineData("orders", "1.0.0", "nightly", "orders/1.0.0 (nightly)")]
    [InlineData("orders", "1.0.0", "", "orders/1.0.0")]
    [InlineData("orders", "", "nightly", "orders (nightly)")]
    [InlineData("orders", "", "", "orders")]
    public void A_product_is_named(string name, string version, string comment, string expected) =>
        Assert.Equal(expected, Call("user_agent", name, version, comment).AsText);

    [Theory]
    [InlineData("arn_parse", "orders", "arn: invalid prefix")]
    [InlineData("arn_parse", "arn:aws:iam", "arn: not enough sections")]
    [InlineData("trim_iam_role_path", "arn:aws:sts::444455556666:role/example", "service must be \"iam\"")]
    [InlineData("trim_iam_role_path", "arn:aws:iam:eu-west-1:444455556666:role/example", "region must be empty")]
    [InlineData("trim_iam_role_path", "arn:aws:iam::444455556666:user/example", "resource must begin with \"role/\"")]
    public void What_is_no_such_ARN_is_refused(string name, string argument, string why)
    {
        var refusal = Assert.Throws<RefusalException>(() => { Call(name, argument); });

        Assert.Equal(why, refusal.Message);
        Assert.Equal([0], refusal.Path);
    }

    [Fact]
    public void Other_providers_have_none() => Assert.Empty(Functions.Of("registry.terraform.io/hashicorp/random"));
}
