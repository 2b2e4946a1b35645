using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Contract;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway values</c>: which document sets a value of a release, with file and line.</summary>
internal static class Values
{
    private static readonly Argument<string> Environment = new("environment") { Description = "An environment of terraform/envs." };
    private static readonly Argument<string> Workload = new("workload") { Description = "A workload that has a release there." };

    private static readonly Argument<string?> Key = new("key")
    {
        Description = "env.region, release.pins, components.<component>.scaling; without it, everything.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Verb()
    {
        var command = new Command("values", "Show which document sets a value of a release, and what a release replaces.") { Environment, Workload, Key };
        command.SetAction((parsed, _) =>
        {
            var sources = new ValueSources(Repository.Find(), parsed.GetRequiredValue(Environment), parsed.GetRequiredValue(Workload));
            Print(sources.Of(parsed.GetValue(Key)));

            return Task.FromResult(0);
        });

        return command;
    }

    private static void Print(IReadOnlyList<ValueSource> values)
    {
        var (keys, places) = (values.Max(value => value.Key.Length), values.Max(value => value.Place.Length));

        foreach (var value in values)
        {
            var replaced = value.ReplacedBy is { } by ? $"   (replaced by {by})" : "";
            Console.WriteLine($"{value.Key.PadRight(keys)}  {value.Place.PadRight(places)}  {value.Value}{replaced}");
        }
    }
}
