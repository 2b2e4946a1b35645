using System.Buffers.Text;
using System.Text;
using Orders.Gateway;

namespace Orders.Tests.Gateway;

public sealed class PageTokenTests
{
    private static readonly PageToken Token = new("c1", "2026-11-20T12:00:00.0000000Z", "0190-a");

    [Fact]
    public void A_token_leads_back_to_its_place() => Assert.Equal(Token, PageToken.Parse(Token.ToString(), "c1"));

    [Fact]
    public void A_token_of_another_customer_is_refused() => Assert.Null(PageToken.Parse(Token.ToString(), "c2"));

    [Theory]
    [InlineData("c1#2026-11-20T12:00:00.0000000Z")]
    [InlineData("c1#2026-11-20T12:00:00.0000000Z#a#b")]
    [InlineData("c1#yesterday#a")]
    [InlineData("c1#2026-11-20T12:00:00.0000000Z#é")]
    [InlineData("c1#2026-11-20T12:00:00.0000000Z#")]
    public void A_token_that_was_not_made_here_is_refused(string text) =>
        Assert.Null(PageToken.Parse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text)), "c1"));

    [Theory]
    [InlineData("")]
    [InlineData("z")]
    [InlineData("not base64!")]
    [InlineData("é")]
    public void A_text_that_is_not_a_token_is_refused(string text) => Assert.Null(PageToken.Parse(text, "c1"));
}
