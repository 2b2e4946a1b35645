namespace Causeway.Harness.Terraform.Digests;

/// <summary>One thing a plan does. <paramref name="Details"/> are lines below its head line.</summary>
/// <param name="Rank">Position among others: destroys first, outputs last.</param>
/// <param name="Sign">As Terraform marks it: <c>-</c>, <c>-/+</c>, <c>~</c>, <c>+</c>, <c>&gt;</c>.</param>
public sealed record DigestEntry(DigestRank Rank, string Sign, string Head, IReadOnlyList<string> Details);
