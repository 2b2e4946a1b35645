using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness;
using Causeway.Harness.Contract;
using Causeway.Harness.Local;

namespace Causeway.Offline.Contract;

/// <summary>
/// What the chart writes into a component's environment, and what its program reads: a name at one end alone is a mistake. (What Terraform writes on ECS is
/// held against the chart by RuntimeParityTests.)
/// </summary>
[Trait("gate", "programs")]
public sealed partial class ProgramVariableTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_variable_that_is_written_is_read()
    {
        var programs = await ProgramsAsync();
        var gate = new Gate("variables of programs", programs.SelectMany(program => program.Written.Select(name => $"{program}: {name}")));

        foreach (var program in programs)
        {
            foreach (var name in program.Written)
            {
                gate.Record($"{program}: {name}", program.Problem(name));
            }
        }

        gate.Close();
    }

    [Fact]
    public async Task Every_variable_that_a_program_cannot_do_without_is_written()
    {
        var programs = await ProgramsAsync();
        var needed = new Dictionary<string, string[]>();

        foreach (var project in programs.Select(program => program.Project).DistinctBy(project => project.Image))
        {
            needed[project.Image] = await NeededAsync(project);
        }

        var gate = new Gate(
            "variables that programs need", programs.SelectMany(program => needed[program.Project.Image].Select(name => $"{program}: {name}")));

        foreach (var program in programs)
        {
            foreach (var name in needed[program.Project.Image])
            {
                var problem = $"{program.Source} ends without it, and helm/charts/workload writes {string.Join(", ", program.Written)}";
                gate.Record($"{program}: {name}", program.Written.Contains(name) ? null : problem);
            }

            var optional = program.Variables.Own.Except(program.Written).Except(needed[program.Project.Image]).Order(StringComparer.Ordinal);
            TestContext.Current.TestOutputHelper?.WriteLine($"{program} may be given {string.Join(", ", optional)}");
        }

        gate.Close();
    }

    /// <summary>Each variable misspelt at one end: the message has both.</summary>
    [Fact]
    public async Task A_variable_that_is_misspelt_is_named_with_what_the_program_reads()
    {
        var programs = await ProgramsAsync();
        var gate = new Gate("misspelt variables", programs.SelectMany(program => program.Written.Select(name => $"{program}: {name}")));

        foreach (var program in programs)
        {
            foreach (var name in program.Written)
            {
                var said = (program with { Written = [.. program.Written.Except([name]), $"{name}X"] }).Problem($"{name}X");
                string[] ends = [program.Source, program.Variables.Own.Contains(name) ? name : ""];
                gate.Record(
                    $"{program}: {name}", ends.All(end => said?.Contains(end, StringComparison.Ordinal) is true) ? null : $"said is: {said ?? "nothing"}");
            }
        }

        gate.Close();
    }

    private async Task<IReadOnlyList<Program>> ProgramsAsync()
    {
        var programs = new List<Program>();

        foreach (var set in ValueSet.Names.Select(name => ValueSet.Load(workbench.Checkout, name)))
        {
            var objects = Workbench.Objects(await workbench.RenderedAsync(set.Name)).ToLookup(item => (string)item["metadata"]!["name"]!);

            foreach (var (component, definition) in set.Values["workload"]!["components"]!.AsObject())
            {
                if (ComponentProject.Find(workbench.Checkout, set.Workload, component, (string)definition!["kind"]!) is not { } project)
                {
                    continue; // a fixture without sources
                }

                var controller = objects[project.Image].Single(item => item["spec"]?["template"] is not null);
                var container = controller["spec"]!["template"]!["spec"]!["containers"]![0]!;
                var maps = (container["envFrom"] as JsonArray ?? []).Select(source => (string)source!["configMapRef"]!["name"]!);
                string[] written =
                [
                    .. (container["env"] as JsonArray ?? []).Select(variable => (string)variable!["name"]!),
                    .. from map in maps
                       from variable in objects[map].Single(item => (string?)item["kind"] is "ConfigMap")["data"]!.AsObject()
                       select variable.Key,
                ];
                var source = Path.GetRelativePath(workbench.Checkout.Root, project.File);
                programs.Add(new(set.Environment, project, written, Variables(project)) { Source = source });
            }
        }

        return programs;
    }

    private ProgramVariables Variables(ComponentProject project)
    {
        // Assemblies of this repository are those that have their symbols beside them.
        var folder = project.BuiltIn(workbench.Checkout);

        return ProgramVariables.Of(folder, assembly => File.Exists(Path.Combine(folder, Path.ChangeExtension(assembly, ".pdb"))));
    }

    // A program that is given nothing says what it lacks, and ends.
    private async Task<string[]> NeededAsync(ComponentProject project)
    {
        var program = Assert.Single(Directory.GetFiles(project.BuiltIn(workbench.Checkout), "*.runtimeconfig.json"))
            .Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal);
        var ended = await (CommandLine.Of("dotnet", program) with { Hides = Variables(project).Own.Contains }).TryRunAsync(Stop);

        Assert.Equal(1, ended.ExitCode);

        return [.. Name().Matches(ended.Error).Select(match => match.Value).Distinct()];
    }

    private sealed record Program(string Environment, ComponentProject Project, IReadOnlyList<string> Written, ProgramVariables Variables)
    {
        public required string Source { get; init; }

        public override string ToString() => $"{Environment}/{Project.Image}";

        public string? Problem(string name) => Variables.All.Contains(name)
            ? null
            : $"helm/charts/workload or the contract's settings write it, and {Source} reads no such name; not written, and read there: " +
              string.Join(", ", Variables.Own.Except(Written).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b|\bPORT\b")]
    private static partial Regex Name();
}
