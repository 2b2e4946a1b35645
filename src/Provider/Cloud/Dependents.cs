using Causeway.Provider.ComputedValues;
using Causeway.Provider.Rules;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>Whether a resource can be deleted: nothing that AWS would mind still names it, and it says what its deletion needs.</summary>
internal sealed class Dependents(IReadOnlyCollection<CloudResource> resources, TraitsTable table)
{
    /// <exception cref="RefusalException">Others need it, or its deletion lacks an argument.</exception>
    public void Check(CloudResource target)
    {
        var traits = table.Of(target.Type);

        if (RuleEvaluation.Of(target.Type, target.Values, traits, traits.DeletionRules).FirstOrDefault() is { } fault)
        {
            throw new RefusalException($"{target.Type} {target.Id} cannot be deleted", $"{fault.Detail} Apply that first.");
        }

        if (traits.Force is { } force && target.Values[force].AsBool is true)
        {
            return;
        }

        (CloudResource Resource, string Argument)[] needed = [.. resources.Where(other => other.Key != target.Key && other.Account == target.Account)
            .SelectMany(other => table.Of(other.Type).BlocksDeletion
                .Where(reference => reference.Value == TraitsTable.NameOf(target.Type))
                .Where(reference => References.Texts(other.Values, reference.Key.Split('.')).Any(name => References.IsNamed(target, name)))
                .Select(reference => (other, reference.Key)))];

        if (needed is [var first, .. var more])
        {
            var remedy = traits.Force is null
                ? "Delete or change what needs it first"
                : $"Set {traits.Force} = true and apply that, or delete what needs it first";

            throw new RefusalException(
                $"{target.Type} {target.Id} is still in use",
                $"{first.Resource.Type} {first.Resource.Id} names it in \"{first.Argument}\"{(more is [] ? "" : $", and {more.Length} more need it")}. AWS " +
                "refuses to delete what others need. "
                    + $"{remedy}. Within one configuration, refer to the resource instead of writing its id or name, so that Terraform knows the order; "
                    + "one that is replaced while others use it needs lifecycle { create_before_destroy = true }.");
        }
    }
}
