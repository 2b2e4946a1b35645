using Causeway.Provider.Planning;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>What a resource will be, out of what it is and what is wanted. <c>?</c> is unknown until it is applied.</summary>
public sealed class PlannerTests
{
    private const string Schema = """
        {
          "name": "required string", "id": "computed string", "version": "computed number", "note": "optional string", "size": "optional computed string", "labels": "optional map(string)",
          "secret_wo": "optional writeonly string", "secret_version": "optional number", "region": "optional computed string", "images": "optional list(string)",
          "disk": { "$": "list 0..*", "size": "required number", "id": "computed string", "label": "optional string", "mode": "optional computed string", "part": { "$": "list 0..*", "name": "required string", "id": "computed string" } },
          "rule": { "$": "set 0..*", "port": "required number", "id": "computed string", "note": "optional computed string" },
          "zone": { "$": "map 0..*", "weight": "required number", "rank": "computed number" },
          "limits": { "$": "single", "cpu": "required number", "memory": "optional computed number" },
          "status": { "$": "list 0..1 computed", "phase": "optional computed string" },
          "one": { "$": "attribute single optional", "name": "required string", "id": "computed string" },
          "some": { "$": "attribute single optional computed", "name": "optional string", "id": "computed string" },
          "many": { "$": "attribute list optional", "name": "required string", "id": "computed string" },
          "bag": { "$": "attribute set optional", "name": "required string", "id": "computed string" },
          "under": { "$": "attribute map optional", "name": "required string", "id": "computed string" }
        }
        """;

    // What the cloud says where the configuration is silent.
    private const string New = """ "id": "?", "version": "?", "size": "?", "region": "?", "some": "?" """;
    private const string Was = """ "id": "i-1", "version": 1, "size": "small", "region": "here", "some": null """;

    [Theory]
    [InlineData("config wins, the cloud's is unknown", """{ "name": "a" }""", $$"""{ "name": "a", {{New}} }""")]
    [InlineData("optional and silent is null", """{ "name": "a", "note": null }""", $$"""{ "name": "a", "note": null, {{New}} }""")]
    [InlineData(
        "optional and computed as written",
        """{ "name": "a", "size": "large" }""",
        """{ "name": "a", "id": "?", "version": "?", "size": "large", "region": "?", "some": "?" }""")]
    [InlineData(
        "unknown stays unknown",
        """{ "name": "?", "note": "?", "labels": { "a": "?" } }""",
        $$"""{ "name": "?", "note": "?", "labels": { "a": "?" }, {{New}} }""")]
    [InlineData(
        "write-only is never planned", """{ "name": "a", "secret_wo": "s", "secret_version": 1 }""", $$"""{ "name": "a", "secret_version": 1, {{New}} }""")]
    [InlineData("blocks in a list", """{ "name": "a", "disk": [{ "size": 1, "part": [{ "name": "p" }] }] }""", $$"""{ "name": "a", "disk": [{ "size": 1, "id": "?", "mode": "?", "part": [{ "name": "p", "id": "?" }] }], {{New}} }""")]
    [InlineData("blocks in a set", """{ "name": "a", "rule": [{ "port": 1 }, { "port": 2, "note": "n" }] }""", $$"""{ "name": "a", "rule": [{ "port": 1, "id": "?", "note": "?" }, { "port": 2, "id": "?", "note": "n" }], {{New}} }""")]
    [InlineData(
        "blocks under keys",
        """{ "name": "a", "zone": { "x": { "weight": 1 } } }""",
        $$"""{ "name": "a", "zone": { "x": { "weight": 1, "rank": "?" } }, {{New}} }""")]
    [InlineData("a single block", """{ "name": "a", "limits": { "cpu": 1 } }""", $$"""{ "name": "a", "limits": { "cpu": 1, "memory": "?" }, {{New}} }""")]
    [InlineData("blocks that are not known yet", """{ "name": "a", "disk": "?", "rule": "?" }""", $$"""{ "name": "a", "disk": "?", "rule": "?", {{New}} }""")]
    [InlineData("nested attributes", """{ "name": "a", "one": { "name": "n" }, "many": [{ "name": "n" }], "bag": [{ "name": "n" }], "under": { "k": { "name": "n" } } }""",
        $$"""{ "name": "a", "one": { "name": "n", "id": "?" }, "many": [{ "name": "n", "id": "?" }], "bag": [{ "name": "n", "id": "?" }], "under": { "k": { "name": "n", "id": "?" } }, {{New}} }""")]
    [InlineData("a nested attribute that is not known yet", """{ "name": "a", "one": "?", "many": "?", "bag": ["?"], "under": { "k": "?" } }""",
        $$"""{ "name": "a", "one": "?", "many": "?", "bag": ["?"], "under": { "k": "?" }, {{New}} }""")]
    public void A_new_resource_is_as_configured_and_the_rest_is_the_clouds(string rule, string config, string planned) => Plans(rule, "null", config, planned);

    [Theory]
    [InlineData("nothing changed", $$"""{ "name": "a", {{Was}} }""", """{ "name": "a" }""", $$"""{ "name": "a", {{Was}} }""")]
    [InlineData("an argument changed: the cloud's stays", $$"""{ "name": "a", {{Was}} }""", """{ "name": "b" }""", $$"""{ "name": "b", {{Was}} }""")]
    [InlineData(
        "an optional argument removed: null",
        $$"""{ "name": "a", "note": "n", "labels": { "a": "b" }, {{Was}} }""",
        """{ "name": "a" }""",
        $$"""{ "name": "a", {{Was}} }""")]
    [InlineData(
        "an optional and computed argument removed: as it was",
        $$"""{ "name": "a", {{Was}} }""",
        """{ "name": "a", "size": null }""",
        $$"""{ "name": "a", {{Was}} }""")]
    [InlineData(
        "what the cloud left null stays null",
        """{ "name": "a", "id": "i-1", "size": null }""",
        """{ "name": "a" }""",
        """{ "name": "a", "id": "i-1", "size": null }""")]
    [InlineData(
        "write-only: null before, null after",
        $$"""{ "name": "a", "secret_version": 1, {{Was}} }""",
        """{ "name": "a", "secret_wo": "t", "secret_version": 2 }""",
        $$"""{ "name": "a", "secret_version": 2, {{Was}} }""")]
    [InlineData(
        "known becomes unknown",
        $$"""{ "name": "a", "note": "n", {{Was}} }""",
        """{ "name": "a", "note": "?" }""",
        $$"""{ "name": "a", "note": "?", {{Was}} }""")]
    public void A_change_keeps_what_the_configuration_does_not_say(string rule, string prior, string config, string planned) =>
        Plans(rule, prior, config, planned);

    [Theory]
    [InlineData(
        "appended",
        """[{ "size": 1, "id": "d1", "mode": "m1" }]""",
        """[{ "size": 1 }, { "size": 2 }]""",
        """[{ "size": 1, "id": "d1", "mode": "m1" }, { "size": 2, "id": "?", "mode": "?" }]""")]
    [InlineData("changed in place", """[{ "size": 1, "id": "d1", "mode": "m1" }]""", """[{ "size": 5 }]""", """[{ "size": 5, "id": "d1", "mode": "m1" }]""")]
    [InlineData(
        "last removed",
        """[{ "size": 1, "id": "d1", "mode": "m1" }, { "size": 2, "id": "d2", "mode": "m2" }]""",
        """[{ "size": 1 }]""",
        """[{ "size": 1, "id": "d1", "mode": "m1" }]""")]
    // As Terraform itself proposes it: a list knows its elements by position alone.
    [InlineData("middle removed", """[{ "size": 1, "id": "d1", "mode": "m1" }, { "size": 2, "id": "d2", "mode": "m2" }, { "size": 3, "id": "d3", "mode": "m3" }]""", """[{ "size": 1 }, { "size": 3 }]""",
        """[{ "size": 1, "id": "d1", "mode": "m1" }, { "size": 3, "id": "d2", "mode": "m2" }]""")]
    [InlineData("all removed", """[{ "size": 1, "id": "d1", "mode": "m1" }]""", "[]", "[]")]
    [InlineData(
        "a block within one changed",
        """[{ "size": 1, "id": "d1", "mode": "m1", "part": [{ "name": "p", "id": "p1" }] }]""",
        """[{ "size": 1, "part": [{ "name": "p" }, { "name": "q" }] }]""",
    """[{ "size": 1, "id": "d1", "mode": "m1", "part": [{ "name": "p", "id": "p1" }, { "name": "q", "id": "?" }] }]""")]
    public void Blocks_of_a_list_are_known_by_position(string rule, string prior, string config, string planned) =>
    Plans(rule, Holding("disk", prior), Holding("disk", config), Holding("disk", planned));

    [Theory]
    [InlineData("reordered", """[{ "port": 1, "id": "r1", "note": "n1" }, { "port": 2, "id": "r2", "note": "n2" }]""", """[{ "port": 2 }, { "port": 1 }]""",
    """[{ "port": 1, "id": "r1", "note": "n1" }, { "port": 2, "id": "r2", "note": "n2" }]""")]
    [
    InlineData(
        "one added in front",
        """[{ "port": 2, "id": "r2", "note": "n2" }]""",
        """[{ "port": 1 }, { "port": 2 }]""",
        """[{ "port": 1, "id": "?", "note": "?" }, { "port": 2, "id": "r2", "note": "n2" }]""")]
    [InlineData(
        "one removed",
        """[{ "port": 1, "id": "r1", "note": "n1" }, { "port": 2, "id": "r2", "note": "n2" }]""",
        """[{ "port": 2 }]""",
        """[{ "port": 2, "id": "r2", "note": "n2" }]""")]
    [InlineData(
        "one changed is another", """[{ "port": 1, "id": "r1", "note": "n1" }]""", """[{ "port": 3 }]""", """[{ "port": 3, "id": "?", "note": "?" }]""")]
    [InlineData(
        "what was written may not be taken over",
        """[{ "port": 1, "id": "r1", "note": "n1" }]""",
        """[{ "port": 1, "note": "other" }]""",
        """[{ "port": 1, "id": "?", "note": "other" }]""")]
    [InlineData(
        "two alike but for what the cloud says",
        """[{ "port": 1, "id": "r1", "note": "n1" }, { "port": 1, "id": "r2", "note": "n2" }]""",
        """[{ "port": 1, "note": "n2" }, { "port": 1, "note": "n1" }]""",
    """[{ "port": 1, "id": "r1", "note": "n1" }, { "port": 1, "id": "r2", "note": "n2" }]""")]
    [
    InlineData(
        "one silent, one exact: the exact one keeps its own",
        """[{ "port": 1, "id": "r1", "note": "n1" }, { "port": 1, "id": "r2", "note": "n2" }]""",
        """[{ "port": 1 }, { "port": 1, "note": "n1" }]""",
    """[{ "port": 1, "id": "r1", "note": "n1" }, { "port": 1, "id": "r2", "note": "n2" }]""")]
    public void Blocks_of_a_set_are_known_by_what_is_written(string rule, string prior, string config, string planned) =>
    Plans(rule, Holding("rule", prior), Holding("rule", config), Holding("rule", planned));

    [Theory]
    [
    InlineData(
        "zone",
        """{ "x": { "weight": 1, "rank": 1 }, "y": { "weight": 2, "rank": 2 } }""",
        """{ "y": { "weight": 3 }, "z": { "weight": 4 } }""",
        """{ "y": { "weight": 3, "rank": 2 }, "z": { "weight": 4, "rank": "?" } }""")]
    [InlineData(
        "under",
        """{ "x": { "name": "n", "id": "1" } }""",
        """{ "x": { "name": "o" }, "y": { "name": "n" } }""",
        """{ "x": { "name": "o", "id": "1" }, "y": { "name": "n", "id": "?" } }""")]
    [InlineData("limits", """{ "cpu": 1, "memory": 2 }""", """{ "cpu": 3 }""", """{ "cpu": 3, "memory": 2 }""")]
    [InlineData("limits", """{ "cpu": 1, "memory": 2 }""", "null", "null")]
    [InlineData("one", """{ "name": "a", "id": "1" }""", """{ "name": "b" }""", """{ "name": "b", "id": "1" }""")]
    [InlineData("one", """{ "name": "a", "id": "1" }""", "null", "null")]
    [InlineData("some", """{ "name": "a", "id": "1" }""", "null", """{ "name": "a", "id": "1" }""")]
    [InlineData("some", """{ "name": "a", "id": "1" }""", """{ "name": "b" }""", """{ "name": "b", "id": "1" }""")]
    [InlineData(
        "many",
        """[{ "name": "a", "id": "1" }]""",
        """[{ "name": "a" }, { "name": "b" }]""",
        """[{ "name": "a", "id": "1" }, { "name": "b", "id": "?" }]""")]
    [InlineData(
        "bag",
        """[{ "name": "a", "id": "1" }, { "name": "b", "id": "2" }]""",
        """[{ "name": "c" }, { "name": "b" }]""",
        """[{ "name": "b", "id": "2" }, { "name": "c", "id": "?" }]""")]
    [InlineData("status", """[{ "phase": "up" }]""", "[]", """[{ "phase": "up" }]""")]
    [InlineData("status", """[{ "phase": "up" }]""", """[{ "phase": "down" }]""", """[{ "phase": "down" }]""")]
    [InlineData("status", "[]", "[]", "[]")]
    public void Other_nestings_keep_what_is_theirs(string member, string prior, string config, string planned) =>
        Plans(member, Holding(member, prior), Holding(member, config), Holding(member, planned));

    [Theory]
    [InlineData("null", """{ "name": "a" }""", """{ "name": "a", "note": "standard", "disk": [], "id": "?", "version": "?", "size": "?", "region": "?", "some": "?" }""")]
    [InlineData("null", """{ "name": "a", "note": "own", "disk": [{ "size": 1 }] }""",
        """{ "name": "a", "note": "own", "disk": [{ "size": 1, "label": "data", "id": "?", "mode": "?" }], "id": "?", "version": "?", "size": "?", "region": "?", "some": "?" }""")]
    [InlineData($$"""{ "name": "a", "note": "own", {{Was}} }""", """{ "name": "a" }""", $$"""{ "name": "a", "note": "standard", {{Was}} }""")]
    public void A_default_stands_where_nothing_is_written(string prior, string config, string planned) =>
        Plans("default", prior, config, planned, """{ "defaults": { "note": "standard", "disk.label": "data" } }""");

    [Theory]
    [InlineData($$"""{ "name": "a", {{Was}} }""", """{ "name": "a" }""", $$"""{ "name": "a", {{Was}} }""")]
    [InlineData(
        $$"""{ "name": "a", {{Was}} }""",
        """{ "name": "b" }""",
        """{ "name": "b", "id": "i-1", "version": "?", "size": "small", "region": "here", "some": null }""")]
    [InlineData(
        $$"""{ "name": "a", {{Was}} }""",
        """{ "name": "a", "size": "large" }""",
        """{ "name": "a", "id": "i-1", "version": "?", "size": "large", "region": "here", "some": null }""")]
    public void What_every_update_changes_is_unknown_when_there_is_one(string prior, string config, string planned) =>
        Plans("update", prior, config, planned, """{ "onUpdate": ["version"] }""");

    [Fact]
    public void What_is_known_before_the_cloud_is_asked_is_planned()
    {
        var block = Written.Block(Schema);
        var known = new Dictionary<string, Value> { ["region"] = Value.Of("there") };

        var planned = new Planner(block, Causeway.Provider.Traits.TypeTraits.None).Plan(Value.Null, Written.Object(block, """{ "name": "a" }"""), known);

        Assert.Equal(Value.Of("there"), planned["region"]);
    }

    [Theory]
    [InlineData("nothing changed", """{ "name": "a", "region": "r" }""", """{ "name": "a", "region": "r" }""")]
    [InlineData("what may change in place", """{ "note": "a" }""", """{ "note": "b" }""")]
    [InlineData("an attribute", """{ "name": "a" }""", """{ "name": "b" }""", "name")]
    [InlineData("the region", """{ "region": "r" }""", """{ "region": "s" }""", "region")]
    [InlineData("not known yet", """{ "name": "a" }""", """{ "name": "?" }""", "name")]
    [InlineData("removed", """{ "images": ["a"] }""", """{ "images": null }""", "images")]
    [InlineData("written for the first time", """{ "images": null }""", """{ "images": ["a"] }""", "images")]
    [InlineData("an element of a list", """{ "images": ["a", "b"] }""", """{ "images": ["a", "c"] }""", "images")]
    [InlineData("in a block", """{ "disk": [{ "size": 1 }, { "size": 2 }] }""", """{ "disk": [{ "size": 1 }, { "size": 3 }] }""", "disk.1.size")]
    [InlineData("in a block: another of its attributes", """{ "disk": [{ "size": 1, "label": "a" }] }""", """{ "disk": [{ "size": 1, "label": "b" }] }""")]
    [InlineData("a block more", """{ "disk": [{ "size": 1 }] }""", """{ "disk": [{ "size": 1 }, { "size": 2 }] }""", "disk")]
    [InlineData("in a single block", """{ "limits": { "cpu": 1 } }""", """{ "limits": { "cpu": 2 } }""", "limits.cpu")]
    [InlineData("in a map's block", """{ "zone": { "x": { "weight": 1 } } }""", """{ "zone": { "x": { "weight": 2 } } }""", "zone.x.weight")]
    [InlineData("two at once", """{ "name": "a", "limits": { "cpu": 1 } }""", """{ "name": "b", "limits": { "cpu": 2 } }""", "name", "limits.cpu")]
    [InlineData("a new resource", "null", """{ "name": "a" }""")]
    [InlineData("a resource to remove", """{ "name": "a" }""", "null")]
    public void Replacement_is_asked_for_by_path(string rule, string prior, string planned, params string[] paths)
    {
        var block = Written.Block(Schema);
        var planner = new Planner(block, Written.Traits("""{ "replace": ["name", "images", "disk.size", "limits.cpu", "zone.weight"] }"""));

        var replaced = planner.Replaced(Written.Object(block, prior), Written.Object(block, planned)).Select(path => string.Join('.', path));

        Assert.True(paths.Order().SequenceEqual(replaced.Order()), $"{rule}: {string.Join(" ", replaced)}");
    }

    private static void Plans(string rule, string prior, string config, string planned, string traits = "{}")
    {
        var block = Written.Block(Schema);
        var actual = new Planner(block, Written.Traits(traits))
            .Plan(Written.Object(block, prior), Written.Object(block, config), new Dictionary<string, Value>());
        var wanted = Written.Object(block, planned);

        Assert.True(wanted == actual, $"{rule}\nwanted {wanted}\nplans  {actual}");
    }

    private static string Holding(string member, string json) => $$"""{ "name": "a", "id": "i-1", "version": 1, "size": "small", "region": "here", "{{member}}": {{json}} }""";
}
