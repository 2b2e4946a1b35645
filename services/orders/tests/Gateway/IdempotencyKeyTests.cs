using System.Text.RegularExpressions;
using Orders.Gateway;

namespace Orders.Tests.Gateway;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324")]
    [InlineData("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "8e03978e-40d5-43e8-bc93-6894a57f9324")]
    [InlineData("order:7/a+b#c", "order:7/a+b#c")]
    [InlineData("\"a b, c\"", "a b, c")]
    [InlineData("""
        "a\"b\\c"
        """, "a\"b\\c")]
    [InlineData("x", "x")]
    public void Quoted_and_bare_are_the_same_key(string header, string key)
    {
        Assert.Equal(key, IdempotencyKey.Parse(header));
        Assert.Matches(IdempotencyKey.Pattern, header);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("\"\"")]
    [InlineData("\"a")]
    [InlineData("a\"")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\b\"")]
    [InlineData("é")]
    [InlineData("a\tb")]
    public void What_is_not_a_key_is_refused(string header)
    {
        Assert.Null(IdempotencyKey.Parse(header));
        Assert.DoesNotMatch(IdempotencyKey.Pattern, header);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Length_is_limited(int length, bool isKey)
    {
        var (bare, quoted) = (new string('k', length), $"\"{new string('k', length)}\"");

        Assert.Equal((isKey, isKey), (IdempotencyKey.Parse(bare) is not null, IdempotencyKey.Parse(quoted) is not null));
        Assert.Equal((isKey, isKey), (Regex.IsMatch(bare, IdempotencyKey.Pattern), Regex.IsMatch(quoted, IdempotencyKey.Pattern)));
    }
}
