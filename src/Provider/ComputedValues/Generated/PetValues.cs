using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Generated;

/// <summary><c>random_pet</c>: adverbs, an adjective, an animal. The words are ours.</summary>
internal static class PetValues
{
    public static Value Name(Value planned, ProviderContext context)
    {
        var length = planned["length"].AsWhole() ?? 2;
        var separator = planned["separator"].AsText ?? "-";
        var prefix = planned["prefix"].Given();

        if (length < 1)
        {
            throw new RefusalException("Invalid Attribute Value", $"Attribute length value must be at least 1, got: {length}", ["length"]);
        }

        var dice = new Dice(seed: null);
        var words = Enumerable.Range(0, (int)Math.Max(0, length - 2)).Select(_ => dice.OneOf(Adverbs.Split(' ')))
            .Concat(length > 1 ? [dice.OneOf(Adjectives.Split(' '))] : [])
            .Append(dice.OneOf(Animals.Split(' ')));
        var name = string.Join(separator, prefix is null ? words : words.Prepend(prefix));

        return Value.Object(("id", Value.Of(name)), ("length", Value.Of(length)), ("separator", Value.Of(separator)));
    }

    private const string Adverbs = "boldly calmly clearly daily deeply early evenly fairly firmly freely gently gladly greatly happily highly justly kindly " +
        "largely lightly mainly mildly neatly newly nicely openly " +
        "partly plainly promptly quickly quietly rarely really richly safely sharply simply slowly smoothly softly solidly steadily surely sweetly swiftly " +
        "truly vastly warmly widely wisely yearly";

    private const string Adjectives = "able agile alert apt ample brave brief bright brisk calm civil clean clear clever cosy crisp eager early exact fair " +
        "fancy fast fine firm fleet fond free fresh gentle giant glad golden " +
        "grand great handy happy hardy honest humble jolly just keen kind large light lively loyal lucky mellow merry mighty modest neat noble open patient " +
        "plain polite proud quick quiet rapid ready rested rich robust " +
        "royal sharp silent simple sincere smart smooth solid steady still strong subtle sunny sure swift tidy tough trusty vital vivid warm wise witty " +
        "worthy young";

    private const string Animals = "adder albatross alpaca ant badger bat bear beaver bee beetle bison boar bream buzzard camel carp cat cod condor coral " +
        "cow crab crane cricket crow deer dingo dolphin donkey dove dragonfly duck " +
        "eagle eel elk falcon ferret finch flea fox frog gannet gecko gibbon goat goose grouse gull hare hawk hedgehog heron herring horse hound ibis " +
        "iguana jackal jay kite koala lark lemming leopard lion lizard llama lobster lynx " +
        "mackerel magpie mallard marmot marten mole moose moth mouse mule newt ocelot octopus osprey otter owl ox panther parrot perch pheasant pigeon pike " +
        "pony puffin quail rabbit raven robin salmon seal shark sheep shrew skunk " +
        "snail sparrow squid stag starling stork sturgeon swan swift tapir tench tern tiger toad trout tuna turtle viper vole walrus wasp weasel whale wolf " +
        "wombat wren yak zebra";
}
