using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Local;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway stock</c>: shows and changes the stock of <c>orders</c>, whose processor has no route from outside.</summary>
internal static class Stock
{
    public static Command Verb()
    {
        var sku = new Argument<string?>("sku") { Description = "Which SKU; without it, all are shown.", Arity = ArgumentArity.ZeroOrOne };
        var add = new Option<int?>("--add") { Description = "Pieces to add, or to take away if negative." };
        var id = new Option<string?>("--id") { Description = "Id of the change: the same id is applied once (default: a new one)." };

        var command = new PlatformArguments().On(
            new Command("stock", "Show the stock of orders, or change it."),
            async (platform, parsed, stop) =>
            {
                using var http = new HttpClient { BaseAddress = await platform.AddressOfAsync("orders", "processor", stop), Timeout = TimeSpan.FromSeconds(15) };

                if (parsed.GetValue(add) is { } delta)
                {
                    var name = parsed.GetValue(sku) ?? throw new PlatformException("--add needs a SKU.", "Say which: `./causeway stock WIDGET --add 10`.");
                    var change = new JsonObject { ["id"] = parsed.GetValue(id) ?? Guid.CreateVersion7().ToString(), ["delta"] = delta };
                    await SendAsync(http, HttpMethod.Post, $"/inventory/{Uri.EscapeDataString(name)}/adjustments", change, stop);
                }

                if (parsed.GetValue(sku) is { } one)
                {
                    Show(await SendAsync(http, HttpMethod.Get, $"/inventory/{Uri.EscapeDataString(one)}", null, stop));

                    return 0;
                }

                for (string? page = ""; page is not null;)
                {
                    var answer = await SendAsync(http, HttpMethod.Get, $"/inventory?limit=100{(page is "" ? "" : $"&page={Uri.EscapeDataString(page)}")}", null, stop);
                    answer["items"]!.AsArray().ToList().ForEach(item => Show(item!));
                    page = (string?)answer["next"];
                }

                return 0;
            });
        command.Arguments.Add(sku);
        command.Options.Add(add);
        command.Options.Add(id);

        return command;
    }

    private static void Show(JsonNode item) => Console.WriteLine($"{item["sku"],-24} {item["available"],12}");

    private static async Task<JsonNode> SendAsync(HttpClient http, HttpMethod method, string path, JsonNode? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);

        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new PlatformException($"The processor answered {(int)answer.StatusCode} to {method} {path}.", "Read its reason above and correct the command.", text);
    }
}
