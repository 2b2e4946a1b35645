using System.Text.RegularExpressions;
using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

internal sealed partial class Images() : PodPolicy(
    "K8-4",
    "A tag means another image tomorrow, and a registry that is not the environment's holds what was never scanned.",
    ["CKV_K8S_43", "KSV-0125"])
{
    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering) => Verdict.WorstOf(
    [
        .. Containers(pods.Spec).Select(container => Image($"container {container.Name}", container.Image, rendering.Registry)),
        .. (pods.Spec.Volumes ?? []).Where(volume => volume.Image is not null)
            .Select(volume => Image($"volume {volume.Name}", volume.Image.Reference, rendering.Registry)),
    ]);

    private static Verdict Image(string place, string? image, string? registry) =>
        !ByDigest().IsMatch(image ?? "") ? Wrong(image, $"the image of {place} is {image ?? "not named"}, and not named by its digest")
        : registry is null ? Verdict.Unclear($"the image of {place} is {image}, and which registry is allowed is not known here")
        : !image!.StartsWith($"{registry}/", StringComparison.Ordinal)
            ? Verdict.Fail($"the image of {place} is {image}, and only those of {registry} are allowed")
        : Verdict.Pass;

    [GeneratedRegex("^[A-Za-z0-9.:/_-]+@sha256:[0-9a-f]{64}$")]
    private static partial Regex ByDigest();
}
