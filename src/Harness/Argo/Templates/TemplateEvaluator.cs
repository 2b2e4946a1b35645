using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Argo.Templates;

/// <summary>Fills Go templates in with the real Helm: any number in one run, each a named template of a chart that has nothing else.</summary>
/// <param name="folder">Where the chart is written.</param>
internal sealed partial class TemplateEvaluator(HelmTool helm, string folder)
{
    // What Go prints for a value that is not there.
    private const string NoValue = "<no value>";

    // How long a run waits for others that ask at the same time. Most of a run is Helm's start, which takes several times as long.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Lock access = new();
    private readonly List<Request> waiting = [];
    private Task running = Task.CompletedTask;

    /// <summary>Results in the order of the calls. A text without a template is its own result.</summary>
    /// <exception cref="InvalidDataException">A template is not one, refers to what is missing, or uses what is not supported; the message has its
    /// place.</exception>
    public async Task<IReadOnlyList<string>> EvaluateAsync(IReadOnlyList<TemplateCall> calls, CancellationToken stop)
    {
        var results = calls.Select(call => call.Text).ToArray();
        int[] templates = [.. Enumerable.Range(0, calls.Count).Where(index => StrictTemplate.IsTemplate(calls[index].Text))];

        if (templates is [])
        {
            return results;
        }

        TemplateCall[] asked = [.. templates.Select(index => calls[index])];

        foreach (var (index, result) in templates.Zip(await RunTogetherAsync(asked, stop)))
        {
            results[index] = result.Contains(NoValue, StringComparison.Ordinal)
                ? throw Invalid(calls[index], "it prints a value that is not there")
                : result;
        }

        return results;
    }

    /// <summary>Trees with every text in them filled in, names of fields included.</summary>
    /// <inheritdoc cref="EvaluateAsync" path="/exception"/>
    public async Task<IReadOnlyList<JsonNode?>> FillAsync(IReadOnlyList<(string Place, JsonNode? Tree, JsonObject Parameters)> trees, CancellationToken stop)
    {
        var calls = trees.SelectMany(tree => Texts(tree.Tree, tree.Place).Select(text => new TemplateCall(text.Place, text.Text, tree.Parameters))).ToArray();
        var results = new Queue<string>(await EvaluateAsync(calls, stop));

        return [.. trees.Select(tree => Filled(tree.Tree, results))];
    }

    // What is asked while Helm runs waits, and all that waits shares the next run.
    private Task<IReadOnlyList<string>> RunTogetherAsync(IReadOnlyList<TemplateCall> calls, CancellationToken stop)
    {
        var request = new Request(calls, new(TaskCreationOptions.RunContinuationsAsynchronously));

        lock (access)
        {
            waiting.Add(request);

            if (waiting is [_])
            {
                running = NextAsync(running, stop);
            }
        }

        return request.Results.Task;
    }

    private async Task NextAsync(Task before, CancellationToken stop)
    {
        await Task.WhenAny(before); // which has told its own requests how it ended
        await Task.Delay(Patience, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the run itself tells who waits that it is cancelled
        Request[] requests;

        lock (access)
        {
            requests = [.. waiting];
            waiting.Clear();
        }

        try
        {
            var results = new Queue<string>(await RunAsync([.. requests.SelectMany(request => request.Calls)], stop));

            foreach (var request in requests)
            {
                request.Results.SetResult([.. request.Calls.Select(_ => results.Dequeue())]);
            }
        }
        catch (InvalidDataException) when (requests.Length > 1)
        {
            // Each alone, so that only who asked wrongly hears of it.
            foreach (var request in requests)
            {
                await AloneAsync(request, stop);
            }
        }
        catch (Exception failed)
        {
            Array.ForEach(requests, request => request.Results.SetException(failed));
        }
    }

    private async Task AloneAsync(Request request, CancellationToken stop)
    {
        try
        {
            request.Results.SetResult(await RunAsync(request.Calls, stop));
        }
        catch (Exception failed)
        {
            request.Results.SetException(failed);
        }
    }

    private async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<TemplateCall> calls, CancellationToken stop)
    {
        var chart = Path.Combine(folder, $"templates-{Guid.NewGuid():N}");
        var texts = calls.Select(call => call.Text).Distinct().ToList();
        var sets = calls.Select(call => call.Parameters).Distinct().ToList();

        try
        {
            Directory.CreateDirectory(Path.Combine(chart, "templates"));
            await File.WriteAllTextAsync(Path.Combine(chart, "Chart.yaml"), "apiVersion: v2\nname: templates\nversion: 0.0.0\n", stop);
            await File.WriteAllTextAsync(
                Path.Combine(chart, "parameters.json"),
                new JsonObject { ["sets"] = new JsonArray([.. sets.Select(set => set.DeepClone())]) }.ToJsonString(),
                stop);

            foreach (var (index, text) in texts.Index())
            {
                var call = calls.First(call => call.Text == text);
                await File.WriteAllTextAsync(
                    Path.Combine(chart, "templates", $"_{index}.tpl"), $"{{{{ define \"{index}\" }}}}{Strict(call)}{{{{ end }}}}", stop);
            }

            // One line for each: an error has its number.
            await File.WriteAllTextAsync(
                Path.Combine(chart, "templates", "results.yaml"),
                "{{ $sets := (.Files.Get \"parameters.json\" | mustFromJson).sets }}kind: Results\nresults:\n"
                    + string.Concat(calls.Select(call =>
                        $"  - {{{{ include \"{texts.IndexOf(call.Text)}\" (index $sets {sets.IndexOf(call.Parameters)}) | toJson }}}}\n")),
                stop);
            var results = await helm.TemplateAsync(new HelmRelease("templates", chart, "default"), stop);

            return [.. results.Single()["results"]!.AsArray().Select(result => (string)result!)];
        }
        catch (HelmException refused)
        {
            throw Told(refused, calls, texts);
        }
        finally
        {
            if (Directory.Exists(chart))
            {
                Directory.Delete(chart, recursive: true);
            }
        }
    }

    private static string Strict(TemplateCall call)
    {
        try
        {
            return StrictTemplate.Of(call.Text);
        }
        catch (FormatException refused)
        {
            throw Invalid(call, refused.Message);
        }
    }

    // The two lines before the results are the head of the file.
    private static InvalidDataException Told(HelmException refused, IReadOnlyList<TemplateCall> calls, List<string> texts)
    {
        var (line, file) = (Line().Match(refused.Message), Template().Match(refused.Message));
        var call = line.Success && Number(line) - 3 is var index && index >= 0 && index < calls.Count ? calls[index]
            : file.Success ? calls.First(call => call.Text == texts[Number(file)])
            : null;
        var problem = Prefix().Replace(refused.Message.Split('\n')[0], "");

        return call is null ? new InvalidDataException($"Helm cannot evaluate the templates: {refused.Message}") : Invalid(call, problem);
    }

    private static int Number(Match match) => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

    private static InvalidDataException Invalid(TemplateCall call, string problem) =>
        new($"{call.Place}: the template {Short(call.Text)} cannot be filled in: {problem.TrimEnd('.')}.");

    private static string Short(string text)
    {
        var line = Spaces().Replace(text.Trim(), " ");

        return line.Length <= 120 ? line : line[..120] + "…";
    }

    private static IEnumerable<(string Place, string Text)> Texts(JsonNode? node, string place) => node switch
    {
        JsonObject map => map.SelectMany(pair => Texts(pair.Value, $"{place}.{pair.Key}").Prepend((place, pair.Key))),
        JsonArray list => list.SelectMany((item, index) => Texts(item, $"{place}[{index}]")),
        JsonValue value when value.TryGetValue<string>(out var text) => [(place, text)],
        _ => [],
    };

    private static JsonNode? Filled(JsonNode? node, Queue<string> results) => node switch
    {
        JsonObject map => new JsonObject([.. map.Select(pair => KeyValuePair.Create(results.Dequeue(), Filled(pair.Value, results)))]),
        JsonArray list => new JsonArray([.. list.Select(item => Filled(item, results))]),
        JsonValue value when value.TryGetValue<string>(out _) => results.Dequeue(),
        _ => node?.DeepClone(),
    };

    private sealed record Request(IReadOnlyList<TemplateCall> Calls, TaskCompletionSource<IReadOnlyList<string>> Results);

    [GeneratedRegex(@"templates/results\.yaml:(?<number>[0-9]+)")]
    private static partial Regex Line();

    [GeneratedRegex(@"templates/_(?<number>[0-9]+)\.tpl")]
    private static partial Regex Template();

    // Everything up to the innermost error.
    [GeneratedRegex(@"^.*(?:error calling \w+: |>: |\.(?:tpl|yaml):[0-9]+(?::[0-9]+)?\)?: )")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
