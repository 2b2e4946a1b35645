using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Argo.Templates;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Argo;

/// <summary>Templates that are filled in at the same time share a run of Helm, and nothing else.</summary>
public sealed class TemplateEvaluatorTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TemplateEvaluator Evaluator(Action<CommandLine>? ran = null) => new(new HelmTool(workbench.Tools, ran), workbench.Scratch.FullName);

    private static IReadOnlyList<TemplateCall> Call(string text, string name) => [new($"{name}.yaml", text, new JsonObject { ["name"] = name })];

    [Fact]
    public async Task What_is_asked_at_once_shares_a_run()
    {
        var runs = 0;
        var evaluator = Evaluator(_ => Interlocked.Increment(ref runs));
        string[] names = ["a", "b", "c", "d", "e", "f"];

        var results = await Task.WhenAll(names.Select(name => evaluator.EvaluateAsync(Call("it is {{ .name }}", name), Stop)));

        Assert.Equal(names.Select(name => $"it is {name}"), results.Select(result => result.Single()));
        Assert.InRange(runs, 1, 2);
    }

    [Fact]
    public async Task A_fault_is_told_to_the_one_that_asked()
    {
        var evaluator = Evaluator();

        var right = evaluator.EvaluateAsync(Call("{{ .name }}", "right"), Stop);
        var wrong = evaluator.EvaluateAsync(Call("{{ .nane }}", "wrong"), Stop);
        var later = evaluator.EvaluateAsync(Call("{{ upper .name }}", "later"), Stop);

        Assert.StartsWith("wrong.yaml: ", (await Assert.ThrowsAsync<InvalidDataException>(() => wrong)).Message, StringComparison.Ordinal);
        Assert.Equal(["right", "LATER"], [(await right).Single(), (await later).Single()]);
        Assert.Equal(["again"], await evaluator.EvaluateAsync(Call("{{ .name }}", "again"), Stop));
    }

    [Fact]
    public async Task What_waits_ends_when_it_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var evaluator = Evaluator();
        var asked = Enumerable.Range(0, 3).Select(_ => evaluator.EvaluateAsync(Call("{{ .name }}", "x"), cancelled.Token)).ToArray();

        await cancelled.CancelAsync();

        foreach (var one in asked)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        }
    }
}
