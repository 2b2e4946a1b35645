using System.Text;
using System.Text.Json.Nodes;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Cloud;

/// <summary>
/// Brings what is given for a run to where its data sources find it: into the simulated cloud's file. A data source that would start a program or ask the
/// network looks for nothing in the cloud; where its result is given, an override file in the working copy makes it ask for that result.
/// </summary>
/// <param name="root">The root in its working copy.</param>
/// <param name="cloud">The simulated cloud's file.</param>
internal sealed class GivenResources(string root, string cloud)
{
    /// <summary>The override file in a module's folder.</summary>
    public const string Override = "causeway_given_override.tf";

    /// <summary>What the provider recognises in place of a program, an address or a command.</summary>
    public const string Marker = "causeway-given:";

    // The data sources that reach out of the run, and the argument that says where to.
    private static readonly Dictionary<string, string> Reaching = new() { ["external"] = "program", ["http"] = "url", ["local_command"] = "command" };

    private static readonly string[] Meta = ["count", "for_each", "provider", "depends_on"];

    /// <param name="files">Read beside the root's own <see cref="GivenResource.FileName"/>.</param>
    /// <exception cref="InvalidDataException">A file is of another form, or names a data source that is not there.</exception>
    public void Bring(IEnumerable<string> files)
    {
        var overrides = new Dictionary<string, StringBuilder>();

        var declaring = files.Append(Path.Combine(root, GivenResource.FileName)).Where(File.Exists).Distinct();

        foreach (var (given, file) in declaring.SelectMany(file => GivenResource.Read(file).Select(given => (given, file))))
        {
            if (given.Address is { } address && Reaching.TryGetValue(given.Type, out var argument))
            {
                var (folder, block) = Find(address, file);
                var marker = $"{Marker}{Fingerprint.Of(Path.GetRelativePath(root, folder), block.Labels[0], block.Labels[1])}";
                overrides.TryAdd(folder, new StringBuilder());
                overrides[folder].Append(Redirected(block, argument, marker));
                var attributes = (JsonObject)given.Attributes.DeepClone();
                attributes[argument] = argument is "program" ? new JsonArray(marker) : marker;
                CloudFile.Give(cloud, given.Type, given.Region, attributes);
            }
            else
            {
                CloudFile.Give(cloud, given.Type, given.Region, given.Attributes);
            }
        }

        foreach (var (folder, text) in overrides)
        {
            OverrideFile.Write(Path.Combine(folder, Override), text.ToString());
        }
    }

    private (string Folder, HclBlock Block) Find(string address, string file)
    {
        var steps = GivenResource.Steps(address);
        var folder = root;

        for (var at = 0; steps[at] is "module"; at += 2)
        {
            var call = ModuleCall.In(folder).FirstOrDefault(call => call.Name == steps[at + 1])
                ?? throw new InvalidDataException($"{file}: {address}: {Path.GetRelativePath(root, folder)} calls no module {steps[at + 1]}.");
            folder = call.LocalFolder
                ?? throw new InvalidDataException(
                    $"{file}: {address}: module {steps[at + 1]} ({call.Source}) is not part of the configuration, so its data sources cannot be given a " +
                    "result. Use --allow-programs, or call a local copy of the module.");
        }

        var block = Configuration.Files(folder)
            .Where(source => source.EndsWith(".tf", StringComparison.Ordinal))
            .SelectMany(source => HclBody.OfText(SourceText.Read(source)).Of("data"))
            .FirstOrDefault(block => block.Labels is [var type, var name] && type == steps[^2] && name == steps[^1]);

        return block is null
            ? throw new InvalidDataException($"{file}: {address}: there is no such data source in {Path.GetRelativePath(root, folder)}.")
            : (folder, block);
    }

    private static string Redirected(HclBlock block, string argument, string marker)
    {
        var others = block.Body.Attributes.Keys.Where(name => name != argument && !Meta.Contains(name)).Select(name => $"  {name} = null\n");
        var target = CliConfiguration.Quote(marker);

        return $"data \"{block.Labels[0]}\" \"{block.Labels[1]}\" " +
            $"{{\n  {argument} = {(argument is "program" ? $"[{target}]" : target)}\n{string.Concat(others)}}}\n";
    }
}
