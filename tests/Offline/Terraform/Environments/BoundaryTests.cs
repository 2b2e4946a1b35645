using Causeway.Harness;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>
/// Where a repository applies an environment, every role that its stacks make has the boundary that the role of the workflow must give it: without it, AWS
/// refuses the apply.
/// </summary>
[Trait("gate", "repository")]
[Collection(SamePlans.Name)]
public sealed class BoundaryTests(PlannedStacks planned)
{
    [Fact]
    public void Every_role_that_a_workflow_makes_has_the_boundary()
    {
        var roles =
        (
            from instance in planned.Instances
            where IsAppliedByWorkflows(instance.Environment)
            let resources = PlannedResource.Of(planned.Plans[instance.Name])
            // An administrator applies the stack that makes the boundary and the role of the workflow itself.
            where !resources.Any(resource => resource.Type is "aws_iam_policy" && (string?)resource.Values["name"] == Boundary(instance.Environment))
            from role in resources
            where role.Type is "aws_iam_role"
            select (Name: $"{instance.Name}: {role.Values["name"]}", instance.Environment, Role: role)
        ).ToArray();
        var gate = new Gate("roles with a boundary", roles.Select(role => role.Name));

        foreach (var (name, environment, role) in roles)
        {
            var boundary = (string?)role.Values["permissions_boundary"];
            var has = boundary?.EndsWith($":policy/{Boundary(environment)}", StringComparison.Ordinal) is true;
            gate.Record(name, has ? null : $"its boundary is {boundary ?? "not there"}");
        }

        gate.Close();
    }

    private static string Boundary(string environment) => $"{environment}-boundary";

    private bool IsAppliedByWorkflows(string environment) =>
        Yaml.LoadFile(planned.Tree.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!["github"] is not null;
}
