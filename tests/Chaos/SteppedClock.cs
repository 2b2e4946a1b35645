using System.Globalization;
using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Tools;

namespace Causeway.ChaosExperiments;

/// <summary>
/// The clock that the programs of a pod see, which is stepped by a file: libfaketime (https://github.com/wolfcw/libfaketime) stands before the C library. It is
/// mounted into the pod that is played here; images and charts know nothing of it. What counts elapsed time is not touched.
/// </summary>
internal sealed class SteppedClock
{
    private const string Mount = "/clock";
    private const string Library = "libfaketime.so";
    private const string Offset = "offset";

    private readonly string folder;

    private SteppedClock(string folder) => this.folder = folder;

    /// <summary>A clock that is right.</summary>
    /// <param name="name">Tells it from others.</param>
    public static async Task<SteppedClock> MakeAsync(Repository repository, string name, CancellationToken stop)
    {
        var library = await new ToolBox(repository, ToolManifest.Load(repository)).ProgramAsync("libfaketime", stop);
        var folder = Directory.CreateDirectory(Path.Combine(repository.Cache, "clocks", name)).FullName;
        File.Copy(library, Path.Combine(folder, Library), overwrite: true);
        var clock = new SteppedClock(folder);
        clock.Step(TimeSpan.Zero);

        return clock;
    }

    /// <summary>Steps it, to so much after the right time. Programs see it within a second.</summary>
    public void Step(TimeSpan offset)
    {
        var file = Path.Combine(folder, Offset);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? "" : "+")}{offset.TotalSeconds:0}\n"));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>Lets a pod's programs see it.</summary>
    public void MountIn(JsonObject pod)
    {
        PodVariables.Set(pod, "LD_PRELOAD", $"{Mount}/{Library}");
        PodVariables.Set(pod, "FAKETIME_TIMESTAMP_FILE", $"{Mount}/{Offset}");
        PodVariables.Set(pod, "FAKETIME_CACHE_DURATION", "1");
        PodVariables.Set(pod, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
        (pod["spec"]!["volumes"] ??= new JsonArray()).AsArray().Add(
            new JsonObject { ["name"] = "clock", ["hostPath"] = new JsonObject { ["path"] = folder } });

        foreach (var container in RenderedObjects.ContainersOf(pod))
        {
            (container["volumeMounts"] ??= new JsonArray()).AsArray().Add(
                new JsonObject { ["name"] = "clock", ["mountPath"] = Mount, ["readOnly"] = true });
        }
    }

    /// <summary>How far a server's clock is from the right time, by the header <c>Date</c> of its answers.</summary>
    public static async Task<TimeSpan> OffsetOfAsync(Uri server, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var answer = await http.GetAsync(server, stop);

        return (answer.Headers.Date ?? throw new PlatformException($"{server} does not say its time.", "Its answers need the header Date."))
            - TimeProvider.System.GetUtcNow();
    }
}
