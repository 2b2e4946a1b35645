using System.CommandLine;
using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway test</c>: formatting, build, and every test project there is. The last line reads <c>N passed, N failed</c>.</summary>
internal static class Test
{
    public static Command Verb()
    {
        var suite = new Option<string?>("--suite")
        {
            Description = "Only this suite: a test project by its name (Offline), or a further run of one (Integration-ecs).",
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "Only test methods whose full name matches; * stands for anything. Formatting is not checked.",
        };
        var command = new Command("test", "Check formatting, build, and run every test project.") { suite, filter };
        command.SetAction((parsed, stop) => new TestRun(Repository.Find(), parsed.GetValue(suite), parsed.GetValue(filter)).RunAsync(stop));

        return command;
    }
}
