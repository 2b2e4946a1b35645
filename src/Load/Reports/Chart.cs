using System.Net;
using System.Text;

namespace Causeway.Load.Reports;

/// <summary>A line of a chart. Points that are not numbers interrupt it.</summary>
public sealed record ChartLine(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points, bool IsDashed = false);

/// <summary>A chart of lines as SVG, both axes from 0 or the least value of x.</summary>
/// <param name="marks">Values of x to mark.</param>
public sealed class Chart(string title, IReadOnlyList<ChartLine> lines, params IReadOnlyList<double> marks)
{
    private const double Width = 640;
    private const double Height = 240;
    private const double Left = 52;
    private const double Right = 12;
    private const double Top = 40;
    private const double Bottom = 24;
    private const int Steps = 4;

    /// <summary>The picture, to stand in a page.</summary>
    public string ToSvg()
    {
        var points = lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToArray();
        var (from, to) = points is [] ? (0, 1) : (points.Min(point => point.X), points.Max(point => point.X));
        var top = Round(points.Select(point => point.Y).DefaultIfEmpty().Max());
        double X(double value) => Left + ((Width - Left - Right) * (to > from ? (value - from) / (to - from) : 0));
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / top);
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\"><title>{Text(title)}</title>");
        svg.Append($"<text x=\"{Left}\" y=\"14\">{Text(title)}</text>");

        for (var step = 0; step <= Steps; step++)
        {
            var (x, y) = (from + ((to - from) * step / Steps), top * step / Steps);
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):0.0}\" y2=\"{Y(y):0.0}\"/>");
            svg.Append($"<text x=\"{Left - 6}\" y=\"{Y(y) + 4:0.0}\" text-anchor=\"end\">{y:0.##}</text>");
            svg.Append($"<text x=\"{X(x):0.0}\" y=\"{Height - 8}\" text-anchor=\"middle\">{x:0.##}</text>");
        }

        svg.Append($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(0):0.0}\" y2=\"{Y(0):0.0}\"/>");

        foreach (var at in marks)
        {
            svg.Append($"<line class=\"axis\" stroke-dasharray=\"4\" x1=\"{X(at):0.0}\" x2=\"{X(at):0.0}\" y1=\"{Top}\" y2=\"{Y(0):0.0}\"/>");
        }

        var legend = Left;

        foreach (var line in lines)
        {
            var dashes = line.IsDashed ? " stroke-dasharray=\"5 3\"" : "";
            svg.Append($"<path fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"1.5\"{dashes} d=\"{Path(line.Points, X, Y)}\"/>");
            svg.Append($"<text x=\"{legend:0}\" y=\"30\" style=\"fill: {line.Colour}\">{(line.IsDashed ? "┄" : "—")} {Text(line.Name)}</text>");
            legend += 24 + (6.2 * line.Name.Length);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Path(IReadOnlyList<(double X, double Y)> points, Func<double, double> x, Func<double, double> y)
    {
        var path = new StringBuilder();
        var isDrawing = false;

        foreach (var point in points)
        {
            var isPoint = double.IsFinite(point.X) && double.IsFinite(point.Y);

            if (isPoint)
            {
                path.Append($"{(isDrawing ? 'L' : 'M')}{x(point.X):0.0} {y(point.Y):0.0}");
            }

            isDrawing = isPoint;
        }

        return path.ToString();
    }

    // The next of 1, 2, 5 times a power of ten.
    private static double Round(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));

        return new[] { 1.0, 2, 5, 10 }.Select(factor => factor * power).First(candidate => candidate >= value * 0.999);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
