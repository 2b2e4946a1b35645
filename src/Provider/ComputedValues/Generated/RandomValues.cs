using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Generated;

/// <summary>The other resources of the provider <c>random</c>. Source: https://registry.terraform.io/providers/hashicorp/random/latest/docs.</summary>
internal static class RandomValues
{
    public static Value Id(Value planned, ProviderContext context)
    {
        var bytes = RandomNumberGenerator.GetBytes(Length(planned, "byte_length"));
        var prefix = planned["prefix"].AsText ?? "";

        return Value.Object(
            ("id", Value.Of(Base64Url.EncodeToString(bytes))),
            ("b64_std", Value.Of(prefix + Convert.ToBase64String(bytes))),
            ("b64_url", Value.Of(prefix + Base64Url.EncodeToString(bytes))),
            ("dec", Value.Of(prefix + new BigInteger(bytes, isUnsigned: true, isBigEndian: true))),
            ("hex", Value.Of(prefix + Convert.ToHexStringLower(bytes))));
    }

    public static Value Bytes(Value planned, ProviderContext context)
    {
        var bytes = RandomNumberGenerator.GetBytes(Length(planned, "length"));

        return Value.Object(("base64", Value.Of(Convert.ToBase64String(bytes))), ("hex", Value.Of(Convert.ToHexStringLower(bytes))));
    }

    public static Value Integer(Value planned, ProviderContext context)
    {
        var least = planned["min"].AsWhole() ?? 0;
        var most = planned["max"].AsWhole() ?? 0;

        if (most < least)
        {
            throw new RefusalException(
                "Create Random Integer Error", "The minimum (min) value needs to be smaller than or equal to maximum (max) value.", ["min"]);
        }

        var result = least + new Dice(planned["seed"].Given()).Below(most - least + 1);

        return Value.Object(("id", Value.Of(result.ToString())), ("result", Value.Of(result)));
    }

    public static Value Shuffle(Value planned, ProviderContext context)
    {
        var input = planned["input"].Texts();
        var count = planned["result_count"].AsWhole() ?? input.Count;
        var dice = new Dice(planned["seed"].Given());
        var result = new List<string>();

        // More than there are: one order after another.
        while (input is not [] && result.Count < count)
        {
            result.AddRange(dice.Shuffle(input));
        }

        return Value.Object(("id", Value.Of("-")), ("result", Value.List(result.Take((int)count))));
    }

    public static Value Uuid(Value planned, ProviderContext context) => Same(Guid.NewGuid());

    public static Value TimedUuid(Value planned, ProviderContext context) => Same(Guid.CreateVersion7());

    private static Value Same(Guid guid) => Value.Object(("id", Value.Of(guid.ToString())), ("result", Value.Of(guid.ToString())));

    private static int Length(Value planned, string argument) => planned[argument].AsWhole() is >= 1 and <= int.MaxValue and var length
        ? (int)length
        : throw new RefusalException("Invalid Attribute Value", $"Attribute {argument} value must be at least 1, got: {planned[argument]}", [argument]);
}
