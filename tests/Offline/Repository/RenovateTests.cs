using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness;

namespace Causeway.Offline.Repository;

/// <summary>What <c>renovate.json</c> says finds every pin there is, and proposes nothing that is new.</summary>
[Trait("gate", "repository")]
public sealed partial class RenovateTests(Workbench workbench)
{
    // Where Renovate's own managers look: https://docs.renovatebot.com/modules/manager/
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["github-actions"] = @"(^|/)\.github/(?:workflows|actions)/.+\.ya?ml$",
        ["nuget"] = @"(^|/)(Directory\.Packages\.props|global\.json|[^/]+\.csproj)$",
        ["terraform"] = @"\.tf$",
    };

    private readonly JsonObject settings = JsonNode.Parse(File.ReadAllText(workbench.Checkout.PathTo("renovate.json")))!.AsObject();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IReadOnlyList<Manager> Custom => [.. settings["customManagers"]!.AsArray().Select(manager => new Manager(manager!.AsObject()))];

    [Fact]
    public void Nothing_is_proposed_before_it_is_seven_days_old()
    {
        Assert.InRange(Days(settings), 7, 365);
        Assert.Equal("strict", (string?)settings["internalChecksFilter"]);

        foreach (var rule in settings["packageRules"]!.AsArray().Select(rule => rule!.AsObject()))
        {
            Assert.True(rule["minimumReleaseAge"] is null || Days(rule) >= 7, $"{rule["description"]}: it proposes what is newer");

            // What does not say its age, a person has to ask for.
            Assert.True(
                (string?)rule["minimumReleaseAgeBehaviour"] is null or "timestamp-required" || (bool?)rule["dependencyDashboardApproval"] is true,
                $"{rule["description"]}: it proposes what does not say its age");
        }
    }

    [Fact]
    public async Task Every_manager_finds_something()
    {
        var tracked = await workbench.Checkout.FilesAsync(Stop);
        string[] builtIn = [.. settings["enabledManagers"]!.AsArray().Select(name => (string)name!).Where(name => name is not "custom.regex")];
        var gate = new Gate("managers of Renovate", builtIn.Concat(Custom.Select(manager => manager.Description)));

        foreach (var name in builtIn)
        {
            gate.Record(name, BuiltIn.TryGetValue(name, out var pattern) && tracked.Any(file => Regex.IsMatch(file, pattern)) ? null : "finds no file");
        }

        foreach (var manager in Custom)
        {
            gate.Record(manager.Description, manager.Problem ?? (manager.Found(workbench.Checkout, tracked).Any() ? null : "finds nothing"));
        }

        gate.Close();
    }

    [Fact]
    public async Task Every_pin_is_found_by_exactly_one_manager()
    {
        var tracked = await workbench.Checkout.FilesAsync(Stop);
        var found = Custom.SelectMany(manager => manager.Found(workbench.Checkout, tracked)).ToArray();
        var pins = Pins(tracked).ToArray();
        var gate = new Gate("pins found by one manager", pins.Select(pin => $"{pin}"));

        foreach (var pin in pins)
        {
            var count = found.Count(one => one == pin);
            gate.Record($"{pin}", count is 1 ? null : $"found by {count}: teach renovate.json");
        }

        gate.Close();
    }

    [Fact]
    public void A_pin_in_another_form_is_noticed()
    {
        var npm = Custom[0];

        Assert.Single(npm.In("build/tools.yaml", "npm:\n  a-b: { version: \"1.2.3\", sha256: " + new string('0', 64) + " }\n"));
        Assert.Empty(npm.In("build/tools.yaml", "npm:\n  a-b: { sha256: " + new string('0', 64) + ", version: \"1.2.3\" }\n"));
        Assert.Empty(npm.In("build/other.yaml", "npm:\n  a-b: { version: \"1.2.3\", sha256: " + new string('0', 64) + " }\n"));
    }

    // Everything that is pinned in a file of our own form, by what is read from it where it is used.
    private IEnumerable<Pin> Pins(IReadOnlyList<string> tracked)
    {
        foreach (var tool in workbench.Tools.Manifest.Npm)
        {
            yield return new("build/tools.yaml", tool.Name, tool.Version);
        }

        foreach (var tool in workbench.Tools.Manifest.Providers)
        {
            yield return new("build/tools.yaml", tool.Npm, tool.Version);
        }

        foreach (var pin in workbench.Tools.Manifest.Manifests)
        {
            yield return new("build/tools.yaml", new Uri(pin.Repository).AbsolutePath[1..], pin.Version);
        }

        foreach (var environment in workbench.Checkout.Environments())
        {
            var file = $"terraform/envs/{environment}/env.yaml";
            var gitops = Yaml.LoadFile(workbench.Checkout.PathTo(file))["env"]!["gitops"];

            foreach (var (chart, name) in gitops is null ? [] : new[] { ("argocd", "argo-cd"), ("apps", "argocd-apps") })
            {
                yield return new(file, name, (string)gitops!["charts"]![chart]!);
            }
        }

        foreach (var file in tracked.Where(file => AddOn().IsMatch(file)))
        {
            var addon = Yaml.LoadFile(workbench.Checkout.PathTo(file))["addon"]!;

            yield return new(file, (string)addon["chart"]!, (string)addon["version"]!);
        }

        // Images by digest, wherever they stand in files that are read here.
        foreach (var file in tracked.Where(file => file is "images/bases.yaml" || EnvironmentFile().IsMatch(file)))
        {
            foreach (Match image in ByDigest().Matches(File.ReadAllText(workbench.Checkout.PathTo(file))))
            {
                yield return new(file, image.Groups["name"].Value, image.Groups["tag"].Value);
            }
        }
    }

    private static int Days(JsonObject rule) => int.Parse(((string)rule["minimumReleaseAge"]!).Replace(" days", "", StringComparison.Ordinal));

    [GeneratedRegex("^terraform/envs/[^/]+/env\\.yaml$")]
    private static partial Regex EnvironmentFile();

    [GeneratedRegex("^argocd/platform/[^/]+/addon\\.yaml$")]
    private static partial Regex AddOn();

    [GeneratedRegex("(?<name>[^\\s\":]+):(?<tag>[^\\s\"@:]+)@sha256:")]
    private static partial Regex ByDigest();

    private sealed record Pin(string File, string Name, string Version);

    /// <summary>One of <c>customManagers</c>, with .NET's regular expressions in place of RE2's, which lack some of them.</summary>
    private sealed class Manager(JsonObject settings)
    {
        private readonly string[] files = Texts(settings, "managerFilePatterns");
        private readonly string[] expressions = Texts(settings, "matchStrings");

        public string Description { get; } = (string)settings["description"]!;

        public string? Problem => files.Concat(expressions).FirstOrDefault(text => Regex.IsMatch(text, @"\(\?<?[=!]|\\[1-9]")) is { } text
            ? $"{text} has what RE2 lacks"
            : files.Any(file => !file.StartsWith('/') || !file.EndsWith('/')) ? "a pattern of files is not an expression between slashes"
            : settings["datasourceTemplate"] is null ? "it does not say where versions come from" : null;

        public IEnumerable<Pin> Found(Harness.Repository checkout, IReadOnlyList<string> tracked) =>
            tracked.Where(IsFor).SelectMany(file => In(file, System.IO.File.ReadAllText(checkout.PathTo(file))));

        public IEnumerable<Pin> In(string file, string text) => IsFor(file)
            ? from expression in expressions
              from match in Regex.Matches(text, expression)
              select new Pin(
                  file,
                  match.Groups["depName"] is { Success: true } name ? name.Value : (string)settings["depNameTemplate"]!,
                  match.Groups["currentValue"].Value)
            : [];

        private bool IsFor(string file) => files.Any(pattern => Regex.IsMatch(file, pattern[1..^1]));

        private static string[] Texts(JsonObject settings, string field) => [.. settings[field]!.AsArray().Select(text => (string)text!)];
    }
}
