using System.Text.Json;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>What keeps resources from being destroyed, by their attributes. <c>prevent_destroy</c> is not here: Terraform itself refuses that plan.</summary>
public static class Protection
{
    // Attributes of AWS's and Google's resources by which the cloud refuses a deletion.
    private static readonly string[] Guards =
        ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection", "disable_api_termination", "termination_protection"];

    // Attributes that say whether what a resource holds is deleted with it.
    private static readonly string[] Force = ["force_delete", "force_destroy"];

    /// <summary>The resources that a plan destroys, and the cloud will not: address and attribute.</summary>
    public static IEnumerable<string> Switches(Plan plan) => With(plan, Guards, JsonValueKind.True);

    /// <summary>The resources that a plan destroys, and the cloud will only if they are empty.</summary>
    public static IEnumerable<string> KeepsContent(Plan plan) => With(plan, Force, JsonValueKind.False);

    private static IEnumerable<string> With(Plan plan, string[] attributes, JsonValueKind value) =>
        from change in plan.Changes
        where change.Kind is ChangeKind.Delete
        from attribute in attributes
        where change.Before?[attribute]?.GetValueKind() == value
        select $"{change.Address} ({attribute} = {(value is JsonValueKind.True ? "true" : "false")})";
}
