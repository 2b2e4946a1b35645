using System.Security.Cryptography;
using System.Text;

namespace Causeway.Provider.ComputedValues.Generated;

/// <summary>
/// Chance: the system's own, or, under a seed, always the same. Go's generator is not rebuilt here, so a seed gives other numbers than with the real provider.
/// </summary>
internal sealed class Dice(string? seed)
{
    private int thrown;

    /// <summary>From zero up to, and without, <paramref name="end"/>.</summary>
    public long Below(long end)
    {
        if (seed is null)
        {
            return (long)(
                new UInt128(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))) % (UInt128)end);
        }

        return (long)(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{thrown++}"))) % (ulong)end);
    }

    public T OneOf<T>(IReadOnlyList<T> items) => items[(int)Below(items.Count)];

    /// <summary>All of them, in any order.</summary>
    public IReadOnlyList<T> Shuffle<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();

        for (var left = shuffled.Length; left > 1; left--)
        {
            var chosen = (int)Below(left);
            (shuffled[left - 1], shuffled[chosen]) = (shuffled[chosen], shuffled[left - 1]);
        }

        return shuffled;
    }
}
