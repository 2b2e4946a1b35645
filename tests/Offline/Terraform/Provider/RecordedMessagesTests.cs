using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Causeway.Provider.Schemas;
using Causeway.Provider.Serving;
using Causeway.Provider.Serving.Protocol;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;
using Google.Protobuf;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>What Terraform once asked is answered as it was then: tests/Fixtures/provider/recorded.</summary>
public sealed partial class RecordedMessagesTests(Workbench workbench)
{
    // Identities and keys may come out otherwise; what one was then and what it is now.
    private readonly Dictionary<string, string> identities = [];

    [Fact]
    public void Every_recorded_call_is_answered_as_it_was()
    {
        var folder = Path.Combine(workbench.Fixtures, "provider");
        var schema = ServedSchema.Read(Path.Combine(folder, "sample.json"));
        var cloud = Path.Combine(workbench.Scratch.FullName, $"recorded-{Guid.NewGuid():N}", "cloud.jsonl");
        Recorded[] calls = [
            .. File.ReadLines(Path.Combine(folder, "recorded", "life.jsonl"))
                .Select(line => JsonSerializer.Deserialize<Recorded>(line, JsonSerializerOptions.Web)!)
        ];
        var gate = new Gate("recorded calls", calls.Select((call, position) => Name(call, position)));
        var (process, service) = (0, (ProviderService?)null);

        foreach (var (position, call) in calls.Index())
        {
            if (call.Process != process)
            {
                (process, service) = (call.Process, new ProviderService(schema, cloud, TraitsTable.FromFile(Path.Combine(folder, "sample.traits.json"))));
            }

            var answer = service!.Answer(call.Call, Today(call.Request))!;
            Learn(call.Answer, answer.ToByteArray());
            var recorded = answer.Descriptor.Parser.ParseFrom(Today(call.Answer));
            var (then, now) = (Decoded(recorded, call, schema), Decoded(answer, call, schema));
            gate.Record(Name(call, position), then == now ? null : $"\nthen {then}\nnow  {now}");
        }

        gate.Close();

        using var left = new Causeway.Provider.Cloud.SimulatedCloud(cloud);
        Assert.Empty(left.Resources());
    }

    [Fact]
    public void Every_kind_of_call_was_recorded()
    {
        string[] calls = [
            .. File.ReadLines(Path.Combine(workbench.Fixtures, "provider", "recorded", "life.jsonl"))
                .Select(line => JsonSerializer.Deserialize<Recorded>(line, JsonSerializerOptions.Web)!.Call)
                .Distinct()
                .Order()
        ];

        Assert.Equal(
            [
                "ApplyResourceChange", "CloseEphemeralResource", "ConfigureProvider", "GetProviderSchema", "ImportResourceState", "OpenEphemeralResource",
                "PlanResourceChange", "ReadDataSource",
                "ReadResource", "UpgradeResourceState", "ValidateDataResourceConfig", "ValidateEphemeralResourceConfig", "ValidateProviderConfig",
                "ValidateResourceConfig",
            ],
            calls);
    }

    private static string Name(Recorded call, int position) => $"{position + 1} {call.Call}";

    private byte[] Today(byte[] message) =>
        Encoding.Latin1.GetBytes(Identity().Replace(Encoding.Latin1.GetString(message), match => identities.GetValueOrDefault(match.Value, match.Value)));

    private void Learn(byte[] then, byte[] now)
    {
        var (before, after) = (Identity().Matches(Encoding.Latin1.GetString(then)), Identity().Matches(Encoding.Latin1.GetString(now)));

        foreach (var (old, current) in before.Zip(after).Where(pair => pair.First.Length == pair.Second.Length))
        {
            identities.TryAdd(old.Value, current.Value);
        }
    }

    // Values read with their schema: which of several encodings was chosen does not matter.
    private static string Decoded(IMessage answer, Recorded call, ServedSchema schema)
    {
        return answer switch
        {
            PlanResourceChange.Types.Response plan => $"{Text(plan.PlannedState)} replace {plan.RequiresReplace} legacy {plan.LegacyTypeSystem} private " +
                $"{plan.PlannedPrivate.ToStringUtf8()} {plan.Diagnostics}",
            ApplyResourceChange.Types.Response apply =>
                $"{Text(apply.NewState)} legacy {apply.LegacyTypeSystem} private {apply.Private.ToStringUtf8()} {apply.Diagnostics}",
            ReadResource.Types.Response read => $"{Text(read.NewState)} private {read.Private.ToStringUtf8()} {read.Diagnostics}",
            UpgradeResourceState.Types.Response upgrade => $"{Text(upgrade.UpgradedState)} {upgrade.Diagnostics}",
            ImportResourceState.Types.Response import => $"{string.Join(' ', import.ImportedResources.Select(Imported))} {import.Diagnostics}",
            ReadDataSource.Types.Response data => $"{Text(data.State)} {data.Diagnostics}",
            OpenEphemeralResource.Types.Response opened => $"{Text(opened.Result)} {opened.Diagnostics}",
            _ => answer.ToString()!,
        };

        string Imported(ImportResourceState.Types.ImportedResource found) =>
            $"{found.TypeName} {Text(found.State)} private {found.Private.ToStringUtf8()}";

        string Text(DynamicValue? value) => value is { Msgpack.IsEmpty: false } ? ValueEncoding.Read(value.Msgpack.Span, Type()).Canonical() : "none";

        ValueType Type() =>
            (call.Call switch { "ReadDataSource" => schema.Data, "OpenEphemeralResource" => schema.Ephemeral, _ => schema.Resources })[TypeName()].Type;

        // In every request the type's name is the first field.
        string TypeName() => Encoding.UTF8.GetString(call.Request, 2, call.Request[1]);
    }

    [GeneratedRegex("[a-z]+-0[0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Identity();

    private sealed record Recorded(int Process, string Call, byte[] Request, byte[] Answer);
}
