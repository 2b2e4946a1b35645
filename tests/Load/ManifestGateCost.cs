using System.CommandLine;
using System.Globalization;
using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Checks;
using Causeway.Harness.Helm;
using Causeway.Harness.Tools;
using Causeway.Load.Comparison;

namespace Causeway.LoadScenarios;

/// <summary>
/// What <c>./causeway check --only manifests</c> costs, against the same <c>helm template</c> commands alone and 1.4 ms for each object, which kubeconform
/// takes. In turns, in CPU time of all processes (user and system), on the last commit.
/// </summary>
internal static class ManifestGateCost
{
    // Of kubeconform, for an object.
    private const double Reference = 0.0014;

    private static readonly Option<int> Pairs = new("--pairs")
    {
        Description = $"How often both are measured; {PairedRatios.FewestPairs} times at least.",
        HelpName = "number",
        DefaultValueFactory = _ => PairedRatios.FewestPairs + 2,
    };

    private static readonly Option<int> Copies = new("--copies")
    {
        Description = "How often each environment with a cluster is there besides, under other names: what a larger repository costs.",
        HelpName = "number",
    };

    public static Command Verb()
    {
        var command = new Command("manifest-gate", "What `./causeway check --only manifests` costs, against `helm template` and kubeconform.")
        {
            Pairs, Copies,
        };
        command.SetAction((parsed, stop) => RunAsync(Repository.Find(), parsed.GetValue(Pairs), parsed.GetValue(Copies), stop));

        return command;
    }

    private static async Task<int> RunAsync(Repository repository, int pairs, int copies, CancellationToken stop)
    {
        if (pairs < PairedRatios.FewestPairs)
        {
            throw new UsageException($"--pairs {pairs} are too few to say anything.", $"Give {PairedRatios.FewestPairs} at least.");
        }

        await using var other = await OtherRevision.CheckOutAsync(repository, "HEAD", stop);
        Multiply(other.Checkout, copies);
        var program = repository.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll");
        var gate = CommandLine.Of("dotnet", program, "check", "--only", "manifests").With("CAUSEWAY_ROOT", other.Checkout.Root).In(other.Checkout.Root);
        var kept = Directory.CreateDirectory(Path.Combine(other.Checkout.Cache, "kept"));
        var (helm, objects) = await CommandsAsync(other.Checkout, kept.FullName, stop);
        await gate.RunAsync(stop); // fills the caches
        var measured = new List<(double, double)>();

        foreach (var (pair, isGateFirst) in PairedRatios.Order(pairs).Index())
        {
            var first = isGateFirst ? await CostAsync([gate], stop) : 0;
            var reference = await CostAsync(helm, stop) + (Reference * objects);
            var cost = isGateFirst ? first : await CostAsync([gate], stop);
            measured.Add((reference, cost));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  pair {pair + 1} of {pairs}: gate {cost:0.00} s, reference {reference:0.00} s of CPU time, × {cost / reference:0.00}"));
        }

        var ratios = PairedRatios.Of(measured, seed: 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{objects} objects, {helm.Count} helm commands: × {ratios.Ratio:0.00}, 95 % interval {ratios.Low:0.00} to {ratios.High:0.00}"));

        return 0;
    }

    private static void Multiply(Repository tree, int copies)
    {
        foreach (var environment in tree.Environments().Where(name => File.Exists(ClusterFile.PathTo(tree, name))))
        {
            var folder = tree.PathTo("terraform", "envs", environment);

            foreach (var copy in Enumerable.Range(2, copies).Select(number => $"{environment}{number}"))
            {
                foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Append(ClusterFile.PathTo(tree, environment)))
                {
                    var target = file.Replace($"/{environment}", $"/{copy}", StringComparison.Ordinal);
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    File.WriteAllText(target, File.ReadAllText(file).Replace(environment, copy, StringComparison.Ordinal));
                }
            }
        }
    }

    // What the gate asks of Helm, with copies of the files that are there only meanwhile.
    private static async Task<(IReadOnlyList<CommandLine> Commands, int Objects)> CommandsAsync(Repository tree, string kept, CancellationToken stop)
    {
        var (commands, scratch) = (new List<CommandLine>(), Path.Combine(tree.Cache, "cost"));
        var tools = new ToolBox(tree, ToolManifest.Load(tree));

        void Keep(CommandLine command)
        {
            lock (commands)
            {
                var folder = Path.Combine(kept, $"{commands.Count}");
                commands.Add(command with { Arguments = [.. command.Arguments.Select(argument => Copy(argument, scratch, folder))] });
            }
        }

        var renderer = new ReleaseRenderer(tree, new HelmTool(tools, Keep), scratch);
        var objects = 0;

        foreach (var environment in renderer.Environments())
        {
            objects += (await renderer.RenderAsync(environment, stop)).Sum(release => release.Rendering?.Objects.Count ?? 0);
        }

        return (commands, objects);
    }

    private static string Copy(string argument, string scratch, string kept)
    {
        var isKept = !argument.StartsWith($"{scratch}/", StringComparison.Ordinal) && !argument.StartsWith(Path.GetTempPath(), StringComparison.Ordinal);

        if (isKept || argument.Contains("/revisions/", StringComparison.Ordinal))
        {
            return argument;
        }

        var target = Path.Combine(kept, Path.GetFileName(argument));

        foreach (var file in Directory.Exists(argument) ? Directory.GetFiles(argument, "*", SearchOption.AllDirectories) : [argument])
        {
            var copy = Path.Combine(target, Path.GetRelativePath(argument, file));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(copy))!);
            File.Copy(file, file == argument ? target : copy);
        }

        return target;
    }

    private static async Task<double> CostAsync(IReadOnlyList<CommandLine> commands, CancellationToken stop)
    {
        var before = CpuTime.Now();

        foreach (var command in commands)
        {
            await command.With("GOMAXPROCS", "1").RunAsync(stop);
        }

        return (CpuTime.Now() - before).Programs.TotalSeconds;
    }
}
