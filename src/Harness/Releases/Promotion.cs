namespace Causeway.Harness.Releases;

/// <summary>Which version is to run where.</summary>
/// <param name="From">Environment whose pins are copied.</param>
/// <param name="To">Environment whose releases get them.</param>
/// <param name="Workloads">Empty: all that <paramref name="From"/> has a release of.</param>
/// <param name="AtReference">A git reference: the pins as they were at that commit; null: as they are now.</param>
public sealed record PromotionRequest(string From, string To, IReadOnlyList<string> Workloads, string? AtReference = null);

/// <summary>
/// Copies the pins of releases from one environment to another, and nothing else. Backwards, or from an earlier commit, it is a rollback.
/// </summary>
public sealed class Promotion(Repository repository)
{
    private readonly ReleaseFiles releases = new(repository);

    /// <summary>Makes the copy, of all that is asked for or of none. Repeated, it changes nothing more.</summary>
    /// <returns>What changed; empty where the target ran the same already.</returns>
    /// <exception cref="UsageException">What is asked for does not exist, or makes no sense.</exception>
    /// <exception cref="PlatformException">A release has no pins, or the target has no such release.</exception>
    public async Task<IReadOnlyList<PinChange>> MakeAsync(PromotionRequest request, CancellationToken stop)
    {
        releases.ExpectPinned(request.From);
        releases.ExpectPinned(request.To);

        if (request.From == request.To && request.AtReference is null)
        {
            throw new UsageException(
                $"{request.From} has the pins of {request.To} already: they are one environment.",
                $"Name two environments. To go back in one: `./causeway promote {request.From} {request.To} --from-ref <commit>`.");
        }

        var workloads = await WorkloadsAsync(request, stop);
        ExpectReleases(request, workloads);
        var changes = new List<(string, Pins)>();

        foreach (var workload in workloads)
        {
            changes.Add((workload, await PinsAsync(request, workload, stop)));
        }

        return releases.Write(request.To, changes);
    }

    private async Task<IReadOnlyList<string>> WorkloadsAsync(PromotionRequest request, CancellationToken stop)
    {
        var there = request.AtReference is { } reference
            ? await releases.NamesAtAsync(reference, request.From, stop)
            : repository.Releases(request.From);
        var place = request.From + (request.AtReference is { } at ? $" at {at}" : "");

        if (there is [])
        {
            throw new UsageException($"{place} has no release.", "Name an environment, or a commit, that has one.");
        }

        return request.Workloads.FirstOrDefault(workload => !there.Contains(workload)) is { } unknown
            ? throw new UsageException($"{place} has no release of {unknown}.", $"Its releases: {string.Join(", ", there)}.")
            : request.Workloads is [] ? there : [.. request.Workloads.Distinct()];
    }

    private void ExpectReleases(PromotionRequest request, IReadOnlyList<string> workloads)
    {
        string[] missing = [.. workloads.Except(repository.Releases(request.To))];

        if (missing is [])
        {
            return;
        }

        string[] rest = [.. workloads.Except(missing)];
        var first = missing[0];

        throw new PlatformException(
            $"{request.To} has no release of {string.Join(", ", missing)}; no file is changed.",
            $"To run it there, give it one: `cp {ReleaseFiles.PathOf(request.From, first)} {ReleaseFiles.PathOf(request.To, first)}`, then set runtime and " +
            $"overrides.{(rest is [] ? "" : $" To leave it out: `./causeway promote {request.From} {request.To} {string.Join(' ', rest)}`.")}");
    }

    private async Task<Pins> PinsAsync(PromotionRequest request, string workload, CancellationToken stop)
    {
        var release = request.AtReference is { } reference
            ? (await releases.ReadAtAsync(reference, request.From, workload, stop))!
            : releases.Read(request.From, workload);

        return release.Pins ?? throw new PlatformException(
            $"{request.From}/{workload} has no pins{(request.AtReference is { } at ? $" at {at}" : "")}; no file is changed.",
            $"Pin what was built: `./causeway pin {request.From} {workload} --revision <commit> --image <component>=sha256:…`.");
    }
}
