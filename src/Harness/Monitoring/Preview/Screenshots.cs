using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Monitoring.Preview;

/// <summary>What a page says of a panel that it drew.</summary>
/// <param name="State"><c>data</c>, <c>empty</c> or <c>error</c>.</param>
/// <param name="Message">Of an error.</param>
public sealed record DrawnPanel(int Id, string Title, string State, string Message);

/// <summary>What a page says of itself after it was opened.</summary>
/// <param name="Name">The dashboard's.</param>
/// <param name="State"><c>drawn</c> or <c>failed</c>.</param>
/// <param name="Message">Why it failed.</param>
/// <param name="Errors">What the browser complained of.</param>
public sealed record DrawnPage(string Name, string State, string? Message, IReadOnlyList<DrawnPanel> Panels, IReadOnlyList<string> Errors);

/// <summary>Takes pictures of a preview's dashboards with Debian's headless Chromium, which is fetched the first time.</summary>
public sealed class Screenshots(Repository repository, ToolBox tools)
{
    private const int Width = 1100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Opens every dashboard, and writes <c>&lt;folder&gt;/&lt;dashboard&gt;.png</c> once it is drawn.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="range">How much time is shown (<c>15m</c>); null: what the dashboard says.</param>
    /// <exception cref="CommandFailedException">Chromium does not start, or a page does not open.</exception>
    public async Task<IReadOnlyList<DrawnPage>> TakeAsync(
        Uri address, IEnumerable<Dashboard> dashboards, string folder, string? range, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var program = await tools.ProgramAsync("chromium", stop);
        var packages = tools.UnpackedFolder("chromium");
        var work = Directory.CreateTempSubdirectory("causeway-screenshots-");

        try
        {
            var fonts = Path.Combine(work.FullName, "fonts.conf");
            await File.WriteAllTextAsync(fonts, Fonts(packages, work.FullName), stop);
            var input = new JsonObject
            {
                ["modules"] = tools.NodeModules,
                ["program"] = program,
                ["variables"] = new JsonObject { ["LD_LIBRARY_PATH"] = ToolBox.LibraryPath(packages), ["FONTCONFIG_FILE"] = fonts },
                ["address"] = address.ToString(),
                ["dashboards"] = new JsonArray([.. dashboards.Select(dashboard => JsonValue.Create(dashboard.Name))]),
                ["query"] = range is null ? "refresh=off" : $"refresh=off&range={Uri.EscapeDataString(range)}",
                ["folder"] = Path.GetFullPath(folder),
                ["width"] = Width,
                ["patience"] = Patience.TotalMilliseconds,
            };
            var script = repository.PathTo("src", "Harness", "Monitoring", "Preview", "screenshots.mjs");
            var taken = await CommandLine.Of("node", script).WithInput(input.ToJsonString()).RunAsync(stop);

            return
            [
                .. taken.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<DrawnPage>(line, JsonSerializerOptions.Web)!),
            ];
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    // The fonts that were unpacked, and no others: a machine without any has letters, and pictures are alike everywhere.
    private static string Fonts(string packages, string work) =>
        $"""
        <?xml version="1.0"?>
        <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
        <fontconfig>
          <dir>{System.Security.SecurityElement.Escape(packages)}/usr/share/fonts</dir>
          <cachedir>{work}/fonts</cachedir>
        </fontconfig>
        """;
}
