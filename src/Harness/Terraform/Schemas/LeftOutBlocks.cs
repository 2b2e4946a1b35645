namespace Causeway.Harness.Terraform.Schemas;

/// <summary>
/// Puts back what the generator leaves out to keep its classes small
/// (https://github.com/hashicorp/terraform-cdk/blob/main/packages/%40cdktf/provider-generator/lib/get/generator/skipped-attributes.ts).
/// The <c>statement</c> of a rule is also that of <c>aws_wafv2_web_acl_rule</c>, which has it in full. The <c>definition</c> of QuickSight's
/// analyses, dashboards and templates is nowhere else: it stays an attribute of any type, so that a configuration that writes it as a block is
/// refused.
/// </summary>
internal static class LeftOutBlocks
{
    private const string Whole = "aws_wafv2_web_acl_rule";

    private static readonly string[] Lacking = ["aws_wafv2_web_acl", "aws_wafv2_rule_group"];

    public static void Restore(IDictionary<string, IReadOnlyDictionary<string, MemberSchema>> resources)
    {
        if (resources.TryGetValue(Whole, out var whole) && whole.GetValueOrDefault("statement") is NestedSchema statement)
        {
            foreach (var type in Lacking.Where(resources.ContainsKey))
            {
                resources[type] = Replace(resources[type], ["rule", "statement"], statement with { Shape = "list 1..1" });
            }
        }
    }

    private static SortedDictionary<string, MemberSchema> Replace(
        IReadOnlyDictionary<string, MemberSchema> members, ReadOnlySpan<string> path, MemberSchema replacement)
    {
        var changed = new SortedDictionary<string, MemberSchema>(members.ToDictionary(member => member.Key, member => member.Value), StringComparer.Ordinal);

        if (path is [var last])
        {
            changed[last] = replacement;
        }
        else if (changed.GetValueOrDefault(path[0]) is NestedSchema nested)
        {
            changed[path[0]] = nested with { Members = Replace(nested.Members, path[1..], replacement) };
        }

        return changed;
    }
}
