namespace Causeway.Harness.Reports;

/// <summary>How long ago something was, in words.</summary>
internal static class Age
{
    public static string Words(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } age => Ago((int)age.TotalMinutes, "minute"),
        { TotalDays: < 1 } age => Ago((int)age.TotalHours, "hour"),
        var age => Ago((int)age.TotalDays, "day"),
    };

    private static string Ago(int count, string unit) => $"{count} {unit}{(count is 1 ? "" : "s")} ago";
}
