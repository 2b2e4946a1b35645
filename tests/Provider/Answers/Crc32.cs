using System.Text;

namespace Causeway.Provider.Answers;

/// <summary>The checksum (IEEE 802.3) by which Terraform's older SDK orders sets and names what has no name of its own.</summary>
internal static class Crc32
{
    public static uint Of(string text)
    {
        var sum = uint.MaxValue;

        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            sum ^= one;

            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xedb88320 : sum >> 1;
            }
        }

        return ~sum;
    }
}
