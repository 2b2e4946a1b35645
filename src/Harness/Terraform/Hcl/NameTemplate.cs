using System.Text;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A text as far as a configuration tells it without being evaluated: literal pieces, and gaps between them.</summary>
/// <param name="Parts">Neighbouring literals are one part.</param>
internal sealed record NameTemplate(IReadOnlyList<NamePart> Parts)
{
    /// <summary>Any text at all.</summary>
    public static NameTemplate Anything { get; } = new([NamePart.Gap(null)]);

    public static NameTemplate Of(IEnumerable<NamePart> parts)
    {
        var joined = new List<NamePart>();

        foreach (var part in parts)
        {
            if (part.Literal is { } literal && joined is [.., { Literal: { } before }])
            {
                joined[^1] = NamePart.Of(before + literal);
            }
            else if (part.Literal is not "")
            {
                joined.Add(part);
            }
        }

        return new(joined);
    }

    /// <summary>Both are the same text, whatever stands in the gaps.</summary>
    public bool IsSameAs(NameTemplate other) => Parts.SequenceEqual(other.Parts) && Parts.All(part => part.Literal is not null || part.Source is not null);

    /// <summary>Some text fits both. Gaps with the same source hold the same text.</summary>
    public bool CanBe(NameTemplate other)
    {
        var (mine, theirs) = (Pieces(this), Pieces(other));

        while (mine is [{ IsFixed: true } first, ..] && theirs is [var second, ..] && first == second)
        {
            (mine, theirs) = (mine[1..], theirs[1..]);
        }

        while (mine is [.., { IsFixed: true } first] && theirs is [.., var second] && first == second)
        {
            (mine, theirs) = (mine[..^1], theirs[..^1]);
        }

        return Overlap(mine, theirs);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Parts.ToList().ForEach(part => text.Append(part.Literal ?? "…"));

        return text.ToString();
    }

    private static Piece[] Pieces(NameTemplate name) =>
        [.. name.Parts.SelectMany(part => part.Literal is { } literal ? literal.Select(letter => new Piece(letter, null)) : [new Piece('\0', part.Source)])];

    // Two patterns of letters and gaps: whether one text fits both.
    private static bool Overlap(Piece[] mine, Piece[] theirs)
    {
        // fits[i, j]: the first i pieces of the one and the first j of the other can be the same text.
        var fits = new bool[mine.Length + 1, theirs.Length + 1];
        fits[0, 0] = true;

        for (var i = 0; i <= mine.Length; i++)
        {
            for (var j = 0; j <= theirs.Length; j++)
            {
                fits[i, j] = fits[i, j]
                    || (i > 0 && mine[i - 1].IsGap && (fits[i - 1, j] || (j > 0 && fits[i, j - 1])))
                    || (j > 0 && theirs[j - 1].IsGap && (fits[i, j - 1] || (i > 0 && fits[i - 1, j])))
                    || (i > 0 && j > 0 && !mine[i - 1].IsGap && mine[i - 1] == theirs[j - 1] && fits[i - 1, j - 1]);
            }
        }

        return fits[mine.Length, theirs.Length];
    }

    private readonly record struct Piece(char Letter, string? Source)
    {
        public bool IsGap => Letter is '\0';

        public bool IsFixed => !IsGap || Source is not null;
    }
}
