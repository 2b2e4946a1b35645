using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Tls;

/// <summary>Subjects of certificates: from the block <c>subject</c>, and as Go prints them.</summary>
internal static class Names
{
    /// <summary>In Go's order: the country first, the serial number last.</summary>
    public static X500DistinguishedName Subject(Value subject)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);

        using (writer.PushSequence())
        {
            Add(writer, "2.5.4.6", [subject["country"].Given()], UniversalTagNumber.PrintableString);
            Add(writer, "2.5.4.10", [subject["organization"].Given()]);
            Add(writer, "2.5.4.11", [subject["organizational_unit"].Given()]);
            Add(writer, "2.5.4.7", [subject["locality"].Given()]);
            Add(writer, "2.5.4.8", [subject["province"].Given()]);
            Add(writer, "2.5.4.9", subject["street_address"].Texts());
            Add(writer, "2.5.4.17", [subject["postal_code"].Given()]);
            Add(writer, "2.5.4.3", [subject["common_name"].Given()]);
            Add(writer, "2.5.4.5", [subject["serial_number"].Given()], UniversalTagNumber.PrintableString);
        }

        return new(writer.Encode());
    }

    /// <summary>As RFC 2253 has it, without blanks: <c>CN=catalog,O=Causeway,C=DE</c>.</summary>
    public static string Print(X500DistinguishedName name) => string.Join(',', name.EnumerateRelativeDistinguishedNames(reversed: true).Select(part =>
        $"{Short(part.GetSingleElementType().Value)}={Escape(part.GetSingleElementValue() ?? "")}"));

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("+", "\\+", StringComparison.Ordinal);

    private static string? Short(string? type) => type switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.5" => "SERIALNUMBER",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.17" => "POSTALCODE",
        _ => type,
    };

    private static void Add(AsnWriter writer, string type, IEnumerable<string?> values, UniversalTagNumber kind = UniversalTagNumber.UTF8String)
    {
        foreach (var value in values.OfType<string>())
        {
            using (writer.PushSetOf())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(type);
                writer.WriteCharacterString(kind, value);
            }
        }
    }
}
