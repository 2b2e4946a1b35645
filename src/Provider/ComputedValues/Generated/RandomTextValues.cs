using System.Security.Cryptography;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Generated;

/// <summary>
/// <c>random_string</c> and <c>random_password</c>. Source: https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password.
/// </summary>
internal static class RandomTextValues
{
    private const string Base64 = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static Value Text(Value planned, ProviderContext context)
    {
        var result = Generate(planned);

        return Value.Object([("id", Value.Of(result)), ("result", Value.Of(result)), .. Defaults(planned)]);
    }

    /// <summary>The bcrypt hash has the right form only: nothing here hashes by bcrypt.</summary>
    public static Value Password(Value planned, ProviderContext context) => Value.Object(
    [
        ("id", Value.Of("none")),
        ("result", Value.Of(Generate(planned))),
        ("bcrypt_hash", Value.Of($"$2a$10${string.Concat(RandomNumberGenerator.GetItems<char>(Base64, 53))}")),
        .. Defaults(planned),
    ]);

    private static string Generate(Value planned)
    {
        var length = planned["length"].AsWhole() ?? 0;
        (string Letters, long Least, bool Wanted)[] kinds =
        [
            ("0123456789", Least("min_numeric"), IsWanted("numeric") && IsWanted("number")),
            ("abcdefghijklmnopqrstuvwxyz", Least("min_lower"), IsWanted("lower")),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", Least("min_upper"), IsWanted("upper")),
            (planned["override_special"].Given() ?? "!@#$%&*()-_=+[]{}<>:?", Least("min_special"), IsWanted("special")),
        ];
        var least = kinds.Sum(kind => kind.Least);

        if (length < 1)
        {
            throw new RefusalException("Invalid Attribute Value", $"Attribute length value must be at least 1, got: {length}", ["length"]);
        }

        if (length < least)
        {
            throw new RefusalException(
                "Invalid Attribute Value",
                $"Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special ({least}), got: {length}",
                ["length"]);
        }

        var all = string.Concat(kinds.Where(kind => kind.Wanted).Select(kind => kind.Letters));

        if (all is "")
        {
            throw new RefusalException(
                "Invalid Attribute Combination", "At least one attribute out of [special,upper,lower,numeric] must be specified as true");
        }

        var dice = new Dice(seed: null);
        var characters = kinds.SelectMany(kind => Enumerable.Range(0, (int)kind.Least).Select(_ => dice.OneOf(kind.Letters.ToCharArray())))
            .Concat(Enumerable.Range(0, (int)(length - least)).Select(_ => dice.OneOf(all.ToCharArray())));

        return string.Concat(dice.Shuffle(characters));

        bool IsWanted(string argument) => planned[argument].AsBool ?? true;
        long Least(string argument) => planned[argument].AsWhole() ?? 0;
    }

    // number is numeric's old name: both say the same.
    private static IEnumerable<(string, Value)> Defaults(Value planned)
    {
        var numeric = Value.Of(planned["numeric"].AsBool ?? planned["number"].AsBool ?? true);

        return
        [
            ("number", numeric),
            ("numeric", numeric),
            .. ((string[])["lower", "special", "upper"]).Select(argument => (argument, Value.Of(planned[argument].AsBool ?? true))),
            .. ((string[])["min_lower", "min_numeric", "min_special", "min_upper"]).Select(argument => (argument, Value.Of(planned[argument].AsWhole() ?? 0))),
        ];
    }
}
