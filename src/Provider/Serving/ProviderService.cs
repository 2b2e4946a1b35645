using Causeway.Provider.Cloud;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Planning;
using Causeway.Provider.Rules;
using Causeway.Provider.Schemas;
using Causeway.Provider.Serving.Protocol;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;
using Google.Protobuf;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Serving;

/// <summary>Answers the calls of plugin protocol 6 for one provider.</summary>
/// <param name="cloudPath">The simulated cloud's file; null where only schemas and validation will be asked for.</param>
/// <param name="table">The provider's traits; null for those beside the sources.</param>
internal sealed class ProviderService : IDisposable
{
    private readonly ServedSchema schema;
    private readonly TraitsTable traits;
    private readonly Lazy<SimulatedCloud> cloud;
    private readonly Lazy<Lifecycle> lifecycle;
    private ProviderContext context = Configuration.Context(Value.Null);

    public ProviderService(ServedSchema schema, string? cloudPath, TraitsTable? table = null)
    {
        (this.schema, traits) = (schema, table ?? TraitsTable.Of(schema));
        cloud = new(() => Cloud(cloudPath));
        lifecycle = new(() => new Lifecycle(schema, traits, cloud.Value, TimeProvider.System));
    }

    public void Dispose()
    {
        if (cloud.IsValueCreated)
        {
            cloud.Value.Dispose();
        }
    }

    /// <returns>Null where there is no such call.</returns>
    public IMessage? Answer(string call, byte[] request) => call switch
    {
        "GetProviderSchema" => Schemas(),
        "ValidateProviderConfig" => ValidateProvider(ValidateProviderConfig.Types.Request.Parser.ParseFrom(request)),
        "ValidateResourceConfig" => Validate(ValidateConfig.Types.Request.Parser.ParseFrom(request), schema.Resources),
        "ValidateDataResourceConfig" => Validate(ValidateConfig.Types.Request.Parser.ParseFrom(request), schema.Data),
        "ValidateEphemeralResourceConfig" => Validate(ValidateConfig.Types.Request.Parser.ParseFrom(request), schema.Ephemeral),
        "ConfigureProvider" => Configure(Protocol.ConfigureProvider.Types.Request.Parser.ParseFrom(request)),
        "UpgradeResourceState" => Upgrade(UpgradeResourceState.Types.Request.Parser.ParseFrom(request)),
        "ReadResource" => Read(ReadResource.Types.Request.Parser.ParseFrom(request)),
        "PlanResourceChange" => Plan(PlanResourceChange.Types.Request.Parser.ParseFrom(request)),
        "ApplyResourceChange" => Apply(ApplyResourceChange.Types.Request.Parser.ParseFrom(request)),
        "ImportResourceState" => Import(ImportResourceState.Types.Request.Parser.ParseFrom(request)),
        "ReadDataSource" => ReadData(ReadDataSource.Types.Request.Parser.ParseFrom(request)),
        "OpenEphemeralResource" => Open(OpenEphemeralResource.Types.Request.Parser.ParseFrom(request)),
        "CloseEphemeralResource" => new CloseEphemeralResource.Types.Response(),
        "GetFunctions" => AllFunctions(),
        "CallFunction" => Call(CallFunction.Types.Request.Parser.ParseFrom(request)),
        "StopProvider" => new StopProvider.Types.Response(),
        _ => null,
    };

    private static SimulatedCloud Cloud(string? path) => new(
        path ?? throw new RefusalException(
            "There is no simulated cloud", "The environment variable CAUSEWAY_CLOUD names its file: `./causeway plan` and `./causeway tf` set it."));

    private GetProviderSchema.Types.Response Schemas()
    {
        var answer = new GetProviderSchema.Types.Response
        {
            Provider = Secrets.Marked(schema.Configuration, []).ToWire(),
            ProviderMeta = Meta(),
            // A command starts its provider several times, and may ask for the schemas once only.
            ServerCapabilities = new ServerCapabilities { GetProviderSchemaOptional = true },
        };

        foreach (var (type, block) in schema.Resources)
        {
            answer.ResourceSchemas.Add(type, Secrets.Marked(block, traits.Of(type).Sensitive).ToWire());
        }

        foreach (var (type, block) in schema.Data)
        {
            answer.DataSourceSchemas.Add(type, Secrets.Marked(block, traits.Of(type).Sensitive).ToWire());
        }

        foreach (var (type, block) in schema.Ephemeral)
        {
            answer.EphemeralResourceSchemas.Add(type, Secrets.Marked(block, traits.Of(type).Sensitive).ToWire());
        }

        answer.Functions.Add(AllFunctions().Functions);

        return answer;
    }

    private GetFunctions.Types.Response AllFunctions()
    {
        var answer = new GetFunctions.Types.Response();

        foreach (var function in Functions.Of(schema.Address))
        {
            var wire = new Function
            {
                Summary = function.Summary,
                Return = new Function.Types.Return { Type = ByteString.CopyFromUtf8(function.Returns.ToWire()) },
            };
            wire.Parameters.AddRange(function.Parameters.Select(
                parameter => new Function.Types.Parameter { Name = parameter.Name, Type = ByteString.CopyFromUtf8(parameter.Type.ToWire()) }));
            answer.Functions.Add(function.Name, wire);
        }

        return answer;
    }

    private CallFunction.Types.Response Call(CallFunction.Types.Request request)
    {
        if (Functions.Of(schema.Address).SingleOrDefault(function => function.Name == request.Name) is not { } called)
        {
            return new CallFunction.Types.Response { Error = new FunctionError { Text = $"There is no function {request.Name}." } };
        }

        try
        {
            var arguments = request.Arguments.Zip(called.Parameters).Select(pair => ValueEncoding.Read(pair.First.Msgpack.Span, pair.Second.Type)).ToList();

            return new CallFunction.Types.Response
            {
                Result = new DynamicValue { Msgpack = ByteString.CopyFrom(ValueEncoding.Write(called.Call(arguments), called.Returns)) },
            };
        }
        catch (RefusalException refused)
        {
            var error = new FunctionError { Text = refused.Message };

            if (refused.Path is [int position, ..])
            {
                error.FunctionArgument = position;
            }

            return new CallFunction.Types.Response { Error = error };
        }
    }

    // What modules may tell the provider about themselves in `provider_meta`; no package says it.
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/provider-meta
    private Protocol.Schema? Meta() => schema.Address.EndsWith("/hashicorp/aws", StringComparison.Ordinal)
        ? new Block(
            new Dictionary<string, Schemas.Attribute> { ["user_agent"] = new(ValueType.List(ValueType.String), false, true, false, false, false, null) },
            new Dictionary<string, NestedBlock>())
        .ToWire()
        : null;

    private ValidateProviderConfig.Types.Response ValidateProvider(ValidateProviderConfig.Types.Request request)
    {
        var answer = new ValidateProviderConfig.Types.Response();
        answer.Diagnostics.AddRange(
            Guarded(schema.Configuration, () => Faults(schema.Configuration, Decode(request.Config, schema.Configuration), TypeTraits.None)));

        return answer;
    }

    private ValidateConfig.Types.Response Validate(ValidateConfig.Types.Request request, IReadOnlyDictionary<string, Block> blocks)
    {
        var answer = new ValidateConfig.Types.Response();
        answer.Diagnostics.AddRange(Guarded(blocks.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(blocks, request.TypeName);

            var config = Decode(request.Config, block);

            if (blocks != schema.Resources)
            {
                return Faults(block, config, TypeTraits.None);
            }

            var own = traits.Of(request.TypeName);

            var broken = RuleEvaluation.Of(request.TypeName, config, own, own.Rules).Concat(Shapes.Of(request.TypeName, block, config, own));

            return Faults(block, config, own).Concat(broken.Select(fault => Told(fault, block)));
        }));

        return answer;
    }

    private static IEnumerable<Diagnostic> Faults(Block block, Value config, TypeTraits traits) =>
        Validation.Of(block, config, traits).Select(fault => Told(fault, block));

    private static Diagnostic Told(Fault fault, Block block) => new()
    {
        Severity = fault.IsWarning ? Diagnostic.Types.Severity.Warning : Diagnostic.Types.Severity.Error,
        Summary = fault.Summary,
        Detail = fault.Detail,
        Attribute = fault.Path.ToWire(block.Type),
    };

    private ConfigureProvider.Types.Response Configure(ConfigureProvider.Types.Request request)
    {
        var answer = new ConfigureProvider.Types.Response();
        answer.Diagnostics.AddRange(Guarded(schema.Configuration, () =>
        {
            var config = Decode(request.Config, schema.Configuration);
            context = schema.Address.EndsWith("/hashicorp/aws", StringComparison.Ordinal)
                ? Configuration.AwsContext(config, Environment.GetEnvironmentVariable)
                : Configuration.Context(config);

            return [];
        }));

        return answer;
    }

    private UpgradeResourceState.Types.Response Upgrade(UpgradeResourceState.Types.Request request)
    {
        var answer = new UpgradeResourceState.Types.Response();
        answer.Diagnostics.AddRange(Guarded(schema.Resources.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(schema.Resources, request.TypeName);
            var state = Value.FromJson(System.Text.Json.Nodes.JsonNode.Parse(request.RawState.Json.Span)).Conform(block.Type);
            answer.UpgradedState = Encode(WithBlocks(block, state), block);

            return [];
        }));

        return answer;
    }

    private ReadResource.Types.Response Read(ReadResource.Types.Request request)
    {
        var answer = new ReadResource.Types.Response { Private = request.Private };
        answer.Diagnostics.AddRange(Guarded(schema.Resources.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(schema.Resources, request.TypeName);
            var found = lifecycle.Value.Read(request.TypeName, request.Private.ToStringUtf8(), Decode(request.CurrentState, block), context);
            answer.NewState = Encode(found is null ? Value.Null : WithBlocks(block, found.Values.Conform(block.Type)), block);

            return [];
        }));

        return answer;
    }

    private PlanResourceChange.Types.Response Plan(PlanResourceChange.Types.Request request)
    {
        var answer = new PlanResourceChange.Types.Response { PlannedPrivate = request.PriorPrivate };
        answer.Diagnostics.AddRange(Guarded(schema.Resources.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(schema.Resources, request.TypeName);
            var (prior, config) = (Decode(request.PriorState, block), Decode(request.Config, block));

            if (Decode(request.ProposedNewState, block).IsNull)
            {
                Remember(request.TypeName, request.PriorPrivate.ToStringUtf8(), isReplaced: false, config, Value.Null);
                answer.PlannedState = Encode(Value.Null, block);

                return [];
            }

            var planner = new Planner(block, traits.Of(request.TypeName));
            var planned = planner.Plan(prior, config, Lifecycle.KnownBefore(request.TypeName, block, prior, config, context));
            answer.PlannedState = Encode(planned, block);
            answer.LegacyTypeSystem = planner.Legacy;
            answer.RequiresReplace.AddRange(planner.Replaced(prior, planned).Select(path => path.ToWire(block.Type)).OfType<AttributePath>());
            Remember(request.TypeName, prior.IsNull ? "" : request.PriorPrivate.ToStringUtf8(), answer.RequiresReplace is not [], config, planned);

            return [];
        }));

        return answer;
    }

    // What is planned of networks is held against the rest of the plan; other types need no cloud to be planned.
    private void Remember(string type, string key, bool isReplaced, Value config, Value planned)
    {
        if (traits.Of(type).Network is not null)
        {
            lifecycle.Value.Planned(type, key, isReplaced, config, planned, context);
        }
    }

    private ApplyResourceChange.Types.Response Apply(ApplyResourceChange.Types.Request request)
    {
        // What fails leaves the resource as it was.
        var answer = new ApplyResourceChange.Types.Response { NewState = request.PriorState, Private = request.PlannedPrivate };
        answer.Diagnostics.AddRange(Guarded(schema.Resources.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(schema.Resources, request.TypeName);
            var own = traits.Of(request.TypeName);
            answer.LegacyTypeSystem = new Planner(block, own).Legacy;
            var (values, key) = lifecycle.Value.Apply(
                request.TypeName,
                block,
                own,
                request.PlannedPrivate.ToStringUtf8(),
                Decode(request.PriorState, block),
                Decode(request.PlannedState, block),
                Decode(request.Config, block),
                context);
            answer.NewState = Encode(values, block);
            answer.Private = ByteString.CopyFromUtf8(key);

            return [];
        }));

        return answer;
    }

    private ImportResourceState.Types.Response Import(ImportResourceState.Types.Request request)
    {
        var answer = new ImportResourceState.Types.Response();
        answer.Diagnostics.AddRange(Guarded(schema.Resources.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(schema.Resources, request.TypeName);
            var found = lifecycle.Value.Import(request.TypeName, request.Id, context);
            answer.ImportedResources.Add(new ImportResourceState.Types.ImportedResource
            {
                TypeName = request.TypeName,
                State = Encode(WithBlocks(block, found.Values.Conform(block.Type)), block),
                Private = ByteString.CopyFromUtf8(found.Key),
            });

            return [];
        }));

        return answer;
    }

    private ReadDataSource.Types.Response ReadData(ReadDataSource.Types.Request request)
    {
        var answer = new ReadDataSource.Types.Response();
        answer.Diagnostics.AddRange(Guarded(schema.Data.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(schema.Data, request.TypeName);
            answer.State = Encode(lifecycle.Value.ReadData(request.TypeName, block, Decode(request.Config, block), context), block);

            return [];
        }));

        return answer;
    }

    private OpenEphemeralResource.Types.Response Open(OpenEphemeralResource.Types.Request request)
    {
        var answer = new OpenEphemeralResource.Types.Response();
        answer.Diagnostics.AddRange(Guarded(schema.Ephemeral.GetValueOrDefault(request.TypeName), () =>
        {
            var block = Block(schema.Ephemeral, request.TypeName);
            answer.Result = Encode(lifecycle.Value.Open(request.TypeName, block, Decode(request.Config, block), context), block);

            return [];
        }));

        return answer;
    }

    private static IEnumerable<Diagnostic> Guarded(Block? block, Func<IEnumerable<Diagnostic>> act)
    {
        try
        {
            return [.. act()];
        }
        catch (RefusalException refused)
        {
            return [Error(refused.Message, refused.Detail, refused.Path.ToWire(block?.Type))];
        }
        catch (FormatException wrong)
        {
            return [Error("The value is not of the schema's type", wrong.Message, null)];
        }
    }

    private static Block Block(IReadOnlyDictionary<string, Block> blocks, string type) => blocks.TryGetValue(type, out var block)
        ? block
        : throw new RefusalException(
            $"This provider has no {type}", "Its schema file does not hold this type: `./causeway generate` brings it up to date with the configuration.");

    private static Value Decode(DynamicValue? value, Block block) => value switch
    {
        { Msgpack.Length: > 0 } => ValueEncoding.Read(value.Msgpack.Span, block.Type),
        { Json.Length: > 0 } => Value.FromJson(System.Text.Json.Nodes.JsonNode.Parse(value.Json.Span)).Conform(block.Type),
        _ => Value.Null,
    };

    private static DynamicValue Encode(Value value, Block block) => new() { Msgpack = ByteString.CopyFrom(ValueEncoding.Write(value, block.Type)) };

    // Blocks that are not there are empty lists, never null: Terraform insists.
    private static Value WithBlocks(Block block, Value value) => value is not Value.Mapping mapping ? value : Value.Object(mapping.Members.Select(member =>
        !block.Blocks.TryGetValue(member.Key, out var nested) ? member : KeyValuePair.Create(member.Key, nested.Nesting switch
        {
            Nesting.Single => WithBlocks(nested.Block, member.Value),
            Nesting.Map => member.Value.IsNull ? Value.Object() : member.Value,
            Nesting.Set => Value.Set(member.Value.Items.Select(item => WithBlocks(nested.Block, item))),
            _ => Value.List(member.Value.Items.Select(item => WithBlocks(nested.Block, item))),
        })));

    private static Diagnostic Error(string summary, string detail, AttributePath? path) =>
        new() { Severity = Diagnostic.Types.Severity.Error, Summary = summary, Detail = detail, Attribute = path };
}
