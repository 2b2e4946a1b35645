using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Causeway.Harness.Workflows.Rules;

/// <summary>A job names the version of the system that it runs on.</summary>
internal sealed partial class PinnedRunners() : WorkflowRule("GHA-8", "What runs on the latest system changes on a day that GitHub chooses.")
{
    public override IEnumerable<string> Problems(WorkflowFile file) =>
        from job in file.Jobs
        where WorkflowFile.Field(job.Node, "uses") is null
        let runner = WorkflowFile.Field(job.Node, "runs-on")
        where runner is not YamlScalarNode { Value: { } label } || !Versioned().IsMatch(label)
        select $"{WorkflowFile.Line(runner ?? job.Key)}: job {job.Name} runs on {runner?.ToString() ?? "nothing"}; write ubuntu-<version>";

    [GeneratedRegex(@"^ubuntu-\d\d\.\d\d(-arm)?$")]
    private static partial Regex Versioned();
}
