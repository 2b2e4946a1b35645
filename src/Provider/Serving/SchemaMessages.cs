using Causeway.Provider.Schemas;
using Google.Protobuf;
using Wire = Causeway.Provider.Serving.Protocol.Schema;

namespace Causeway.Provider.Serving;

/// <summary>Schemas as the plugin protocol sends them.</summary>
internal static class SchemaMessages
{
    public static Wire ToWire(this Block block) => new() { Block = Content(block) };

    private static Wire.Types.Block Content(Block block)
    {
        var wire = new Wire.Types.Block();
        wire.Attributes.AddRange(block.Attributes.Select(attribute => ToWire(attribute.Key, attribute.Value)));
        wire.BlockTypes.AddRange(block.Blocks.Select(nested => new Wire.Types.NestedBlock
        {
            TypeName = nested.Key,
            Block = Content(nested.Value.Block),
            Nesting = nested.Value.Nesting switch
            {
                Nesting.Single => Wire.Types.NestedBlock.Types.NestingMode.Single,
                Nesting.List => Wire.Types.NestedBlock.Types.NestingMode.List,
                Nesting.Set => Wire.Types.NestedBlock.Types.NestingMode.Set,
                _ => Wire.Types.NestedBlock.Types.NestingMode.Map,
            },
            // Terraform refuses counts on what can stand there only once.
            MinItems = nested.Value.Nesting is Nesting.Single or Nesting.Map ? 0 : nested.Value.Min,
            MaxItems = nested.Value.Nesting is Nesting.Single or Nesting.Map ? 0 : nested.Value.Max ?? 0,
        }));

        return wire;
    }

    private static Wire.Types.Attribute ToWire(string name, Schemas.Attribute attribute)
    {
        var wire = new Wire.Types.Attribute
        {
            Name = name,
            Required = attribute.Required,
            Optional = attribute.Optional,
            Computed = attribute.Computed,
            Sensitive = attribute.Sensitive,
            WriteOnly = attribute.WriteOnly,
        };

        if (attribute.Nested is { } nested)
        {
            wire.NestedType = new Wire.Types.Object
            {
                Nesting = nested.Nesting switch
                {
                    Nesting.Single => Wire.Types.Object.Types.NestingMode.Single,
                    Nesting.List => Wire.Types.Object.Types.NestingMode.List,
                    Nesting.Set => Wire.Types.Object.Types.NestingMode.Set,
                    _ => Wire.Types.Object.Types.NestingMode.Map,
                },
            };
            wire.NestedType.Attributes.AddRange(nested.Block.Attributes.Select(member => ToWire(member.Key, member.Value)));
        }
        else
        {
            wire.Type = ByteString.CopyFromUtf8(attribute.Type.ToWire());
        }

        return wire;
    }
}
