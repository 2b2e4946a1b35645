using YamlDotNet.RepresentationModel;

namespace Causeway.Harness.Workflows.Rules;

/// <summary>A workflow may do nothing; each job says what it may, and why.</summary>
internal sealed class LeastPermissions() : WorkflowRule("GHA-2", "A token that may do more than its job needs is what an attacker wants from a workflow.")
{
    public override IEnumerable<string> Problems(WorkflowFile file)
    {
        if (file.IsAction)
        {
            yield break;
        }

        if (WorkflowFile.Field(file.Root, "permissions") is not YamlMappingNode { Children.Count: 0 })
        {
            yield return $"line 1: the workflow's own permissions are not empty; write permissions: {{}} at the top";
        }

        foreach (var job in file.Jobs)
        {
            if (WorkflowFile.Field(job.Node, "permissions") is not YamlMappingNode permissions)
            {
                yield return $"{WorkflowFile.Line(job.Key)}: job {job.Name} does not list its permissions; write a map, of {{}} where it needs none";

                continue;
            }

            foreach (var (scope, key, value) in WorkflowFile.Fields(permissions))
            {
                if ((scope, (value as YamlScalarNode)?.Value) is not (("contents", "read") or (_, "none")) && file.CommentOf(value) is "")
                {
                    yield return $"{WorkflowFile.Line(key)}: job {job.Name} does not say why it needs {scope}: {value}; write the reason as a comment after it";
                }
            }
        }
    }
}
