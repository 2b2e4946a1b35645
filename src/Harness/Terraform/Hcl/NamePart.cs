namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A piece of a <see cref="NameTemplate"/>.</summary>
/// <param name="Literal">What it says, or null for a gap.</param>
/// <param name="Source">Of a gap: the expression that fills it, in terms of a root's variables; null where it is not known or may have several
/// values.</param>
internal readonly record struct NamePart(string? Literal, string? Source)
{
    public static NamePart Of(string literal) => new(literal, null);

    public static NamePart Gap(string? source) => new(null, source);
}
