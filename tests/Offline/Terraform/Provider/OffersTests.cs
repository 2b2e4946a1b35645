using System.Globalization;
using Causeway.Provider.Catalogue;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>The catalogue of what AWS offered says for each part where it is from.</summary>
public sealed class OffersTests
{
    [Fact]
    public void Every_part_names_its_day_its_list_and_its_pages()
    {
        var gate = new Gate("parts of the catalogue", ["ec2", "elasticache", "engines", "policies", "rds"]);

        foreach (var (part, source) in Offers.Sources)
        {
            gate.Record(
                part,
                !DateOnly.TryParseExact(source.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? $"{source.Date} is not a day"
                    : source.From is ""
                    || source.IsList == source.From.Contains("by hand after", StringComparison.Ordinal) ? $"says list: {source.IsList}, and \"{source.From}\""
                    : source.Docs.FirstOrDefault(
                        page => !page.StartsWith("https://docs.aws.amazon.com/", StringComparison.Ordinal)) is { } wrong ? $"{wrong} is not a page of AWS's"
                    : null);
        }

        gate.Close();
    }

    [Theory]
    [InlineData("ec2", "m99.large", "a list of ")]
    [InlineData("elasticache", "cache.m99.large", "a list of ")]
    [InlineData("rds", "db.m99.large", "a table written by hand on ")]
    public void A_warning_tells_how_far_the_table_can_be_trusted(string part, string text, string words)
    {
        var (_, detail, isWarning) = Offers.Wrong(part, text, Value.Object())!.Value;

        Assert.True(isWarning);
        Assert.Contains(words, detail, StringComparison.Ordinal);
        Assert.Contains(Offers.Sources[part].From, detail, StringComparison.Ordinal);
    }
}
