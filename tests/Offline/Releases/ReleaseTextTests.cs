using Causeway.Harness;
using Causeway.Harness.Releases;

namespace Causeway.Offline.Releases;

/// <summary>Pins are written into a release as its owner laid it out.</summary>
public sealed class ReleaseTextTests(Workbench workbench)
{
    private const string A = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private const string B = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private static readonly Pins Two = new(ReleaseTree.New, [new("a", A), new("b", B)]);

    private static readonly Pins Three = new(ReleaseTree.New, [new("a", A), new("m", B), new("b", B)]);

    public static TheoryData<string> Layouts =>
    [
        $"release:\n  runtime: eks\n  pins:\n    revision: \"{ReleaseTree.New}\"\n    images:\n      a: \"{A}\"\n      b: \"{B}\"\n",
        $"release:\n  runtime: eks\n  pins:\n    revision: \"{ReleaseTree.New}\"\n    images:\n      a: \"{A}\"\n      b: \"{B}\"",
        $"release:\r\n    pins:\r\n        images:\r\n            a: '{A}' # one\r\n            b: {B}\r\n" +
            $"        revision: '{ReleaseTree.New}'\r\n    runtime: eks\r\n",
        $"release:\n  pins: {{ images: {{ a: \"{A}\", b: \"{B}\" }}, revision: \"{ReleaseTree.New}\" }}\n  runtime: eks\n",
        $"# first\n---\nrelease:\n  pins:\n    revision: '{ReleaseTree.Old}'\n    images: {{ a: \"{A}\", b: \"{B}\" }} # in one line\n  runtime: eks # last\n",
    ];

    [Theory, MemberData(nameof(Layouts))]
    public void A_component_that_comes_and_goes_leaves_every_byte_as_it_was(string text)
    {
        var release = new ReleaseText("a release", text);
        var before = release.Pins!;
        var more = release.With(Three);
        var twice = new ReleaseText("a release", more);

        Assert.True(Three.Matches(twice.Pins));
        Assert.Equal(text, twice.With(before));
    }

    [Fact]
    public void A_new_component_stands_where_it_stands_in_the_new_pins()
    {
        var text = $"release:\n  runtime: eks\n  pins:\n    revision: \"{ReleaseTree.New}\"\n    images:\n      a: \"{A}\"\n      b: \"{B}\"\n";

        Assert.Equal(
            text.Replace("      b:", $"      m: \"{B}\"\n      b:", StringComparison.Ordinal), new ReleaseText("a release", text).With(Three));
        Assert.Equal(
            text.Replace("      a:", $"      first: \"{B}\"\n      a:", StringComparison.Ordinal),
            new ReleaseText("a release", text).With(new(ReleaseTree.New, [new("first", B), .. Two.Images])));
    }

    [Theory]
    [InlineData("release:\n  runtime: eks # here\n  overrides: {}\n")]
    [InlineData("release:\n  apiVersion: causeway/v1\n  runtime: eks")]
    public void A_release_without_pins_gets_them_below_its_runtime(string text)
    {
        var pinned = new ReleaseText("a release", text).With(Two);

        Assert.True(Two.Matches(new ReleaseText("a release", pinned).Pins));
        Assert.Matches("runtime: eks( # here)?\n  pins:\n    revision: \"", pinned);
        Assert.StartsWith(text.Split("eks")[0], pinned, StringComparison.Ordinal);
        Assert.EndsWith(text.Contains("overrides", StringComparison.Ordinal) ? "  overrides: {}\n" : $"b: \"{B}\"", pinned, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("release: { runtime: eks }")]
    [InlineData("release:\n  pins:\n    revision: \"1\"\n    images: &i { a: \"1\", b: \"2\" }\n  overrides: *i\n  runtime: eks\n")]
    public void A_layout_that_cannot_be_written_is_refused(string text)
    {
        var refused = Assert.Throws<PlatformException>(() => new ReleaseText("dev/bakery", text).With(Two));

        Assert.Equal("dev/bakery: pins cannot be written into this layout.", refused.Message);
    }

    [Fact]
    public void Every_release_of_this_repository_can_be_pinned_and_put_back()
    {
        var files = workbench.Checkout.Environments()
            .SelectMany(environment => workbench.Checkout.Releases(environment).Select(workload => ReleaseFiles.PathOf(environment, workload)))
            .Where(file => new ReleaseText(file, File.ReadAllText(workbench.Checkout.PathTo(file))).Pins is not null)
            .ToArray();
        var gate = new Gate("releases pinned and put back", files);

        foreach (var file in files)
        {
            var text = File.ReadAllText(workbench.Checkout.PathTo(file));
            var release = new ReleaseText(file, text);
            var more = release.Pins!.Images.Select(image => KeyValuePair.Create(image.Key, A)).Append(new("more", B));
            var changed = release.With(new(ReleaseTree.New, [.. more]));
            gate.Record(file, changed != text && new ReleaseText(file, changed).With(release.Pins) == text ? null : "is not as it was");
        }

        gate.Close();
    }
}
