namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A block of a Terraform file, as far as it can be told without evaluating anything.</summary>
/// <param name="Type">For example <c>resource</c>, <c>module</c>, <c>backend</c>.</param>
/// <param name="Labels">What stands between type and brace, without quotes.</param>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line of the block's first character.</param>
/// <param name="Texts">Attributes whose whole value is a literal text.</param>
/// <param name="Blocks">The blocks inside.</param>
public sealed record ConfigurationBlock(
    string Type, IReadOnlyList<string> Labels, string File, int Line, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<ConfigurationBlock> Blocks);
