using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Clusters;

/// <summary>
/// Writes objects of any kind into a cluster by server-side apply (https://kubernetes.io/docs/reference/using-api/server-side-apply/): the first time makes
/// them, the same again changes nothing. Where a kind is found, the API says itself, so kinds that were defined a moment ago are found as well.
/// </summary>
/// <param name="interval">Between two tries, while a kind is waited for.</param>
/// <param name="patience">How long a kind may take from its definition until the API serves it.</param>
public sealed class ServerSideApply(k8s.Kubernetes cluster, TimeProvider clock, TimeSpan interval, TimeSpan patience)
{
    private const string Manager = "causeway";

    private readonly Dictionary<(string Version, string Kind), (string Plural, bool IsNamespaced)> kinds = [];

    /// <param name="inNamespace">Where an object is put that has a namespace and names none.</param>
    /// <exception cref="PlatformException">The API does not serve its kind, or refuses it.</exception>
    public async Task ApplyAsync(JsonObject item, string inNamespace, CancellationToken stop)
    {
        var (version, kind) = ((string)item["apiVersion"]!, (string)item["kind"]!);
        var name = (string)item["metadata"]!["name"]!;
        var (plural, isNamespaced) = await KindAsync(version, kind, stop);
        var place = isNamespaced ? $"/namespaces/{(string?)item["metadata"]!["namespace"] ?? inNamespace}" : "";
        var content = new StringContent(item.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        using var answer = await SendAsync(
            new(HttpMethod.Patch, Uri($"{Root(version)}{place}/{plural}/{name}?fieldManager={Manager}&force=true")) { Content = content }, stop);

        if (!answer.IsSuccessStatusCode)
        {
            throw new PlatformException(
                $"The cluster refused {kind} {name}: {(int)answer.StatusCode}.",
                "The API's words follow. You need to be allowed to change all that is installed: as cluster-admin, for example.",
                await answer.Content.ReadAsStringAsync(stop));
        }
    }

    private async Task<(string Plural, bool IsNamespaced)> KindAsync(string version, string kind, CancellationToken stop)
    {
        var began = clock.GetTimestamp();

        while (!kinds.ContainsKey((version, kind)))
        {
            using var answer = await SendAsync(new(HttpMethod.Get, Uri(Root(version))), stop);
            Learn(version, answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop))!["resources"] as JsonArray ?? [] : []);

            if (kinds.ContainsKey((version, kind)))
            {
                break;
            }

            // A group that was defined a moment ago is not there at once. Any other answer will not get better.
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NotFound) || clock.GetElapsedTime(began) >= patience)
            {
                throw new PlatformException(
                    $"The cluster does not serve the kind {kind} of {version}: {(int)answer.StatusCode}.",
                    "`kubectl api-resources` shows what it serves. A newer cluster may be needed, or more rights.",
                    answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync(stop));
            }

            await Task.Delay(interval, clock, stop);
        }

        return kinds[(version, kind)];
    }

    private void Learn(string version, JsonArray resources)
    {
        // deployments/status is a part of an object.
        foreach (var one in resources.Where(one => !((string)one!["name"]!).Contains('/')))
        {
            kinds[(version, (string)one!["kind"]!)] = ((string)one["name"]!, (bool)one["namespaced"]!);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            if (cluster.Credentials is not null)
            {
                await cluster.Credentials.ProcessHttpRequestAsync(request, stop);
            }

            return await cluster.HttpClient.SendAsync(request, stop);
        }
    }

    private static string Root(string version) => version.Contains('/') ? $"apis/{version}" : $"api/{version}";

    private Uri Uri(string path) => new($"{cluster.BaseUri.AbsoluteUri.TrimEnd('/')}/{path}");
}
