using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Clock;

/// <summary>The resources of the provider <c>time</c>. Source: https://registry.terraform.io/providers/hashicorp/time/latest/docs.</summary>
internal static class TimeValues
{
    public static Value Static(Value planned, DateTimeOffset now)
    {
        var moment = Given(planned, "rfc3339", now);

        return Value.Object([("id", Value.Of(Moment.Print(moment))), ("rfc3339", Value.Of(Moment.Print(moment))), .. Parts(moment)]);
    }

    public static Value Offset(Value planned, DateTimeOffset now)
    {
        var start = Given(planned, "base_rfc3339", now);
        var end = Shift(planned, "offset", start);

        return Value.Object(
            [("id", Value.Of(Moment.Print(start))), ("base_rfc3339", Value.Of(Moment.Print(start))), ("rfc3339", Value.Of(Moment.Print(end))), .. Parts(end)]);
    }

    public static Value Rotating(Value planned, DateTimeOffset now)
    {
        var start = Given(planned, "rfc3339", now);
        var end = planned["rotation_rfc3339"].Given() is { } given ? Moment.Parse(given, "rotation_rfc3339") : Shift(planned, "rotation", start);

        return Value.Object([
            ("id", Value.Of(Moment.Print(start))),
            ("rfc3339", Value.Of(Moment.Print(start))),
            ("rotation_rfc3339", Value.Of(Moment.Print(end))),
            .. Parts(start)
        ]);
    }

    /// <summary>Does not sleep: there is nothing to wait for.</summary>
    public static Value Sleep(Value planned, DateTimeOffset now)
    {
        foreach (var argument in (string[])["create_duration", "destroy_duration"])
        {
            if (planned[argument].Given() is { } duration && !IsDuration(duration))
            {
                throw new RefusalException(
                    "Invalid Attribute Value Match",
                    $"Attribute {argument} must be a number immediately followed by ms, s, m or h (e.g. 30s), got: {duration}",
                    [argument]);
            }
        }

        return Value.Object(("id", Value.Of(Moment.Print(now))));
    }

    private static bool IsDuration(string text) => text.TrimStart("0123456789.".ToCharArray()) is "ms" or "s" or "m" or "h" && char.IsAsciiDigit(text[0]);

    private static DateTimeOffset Given(Value planned, string argument, DateTimeOffset now) =>
        planned[argument].Given() is { } text ? Moment.Parse(text, argument) : now;

    private static DateTimeOffset Shift(Value planned, string what, DateTimeOffset from)
    {
        var units = (string[])["years", "months", "days", "hours", "minutes", "seconds"];
        var amounts = units.Select(unit => planned[$"{what}_{unit}"].AsWhole()).ToList();

        if (amounts.All(amount => amount is null))
        {
            throw new RefusalException(
                "Missing Attribute Configuration",
                $"At least one of these attributes must be configured: [{string.Join(',', units.Select(unit => $"{what}_{unit}"))}]");
        }

        // Each unit on its own, as the real provider applies them.
        var moment = Moment.Add(from, 0, 0, amounts[2] ?? 0).AddHours(amounts[3] ?? 0).AddMinutes(amounts[4] ?? 0);

        return Moment.Add(Moment.Add(moment, 0, amounts[1] ?? 0, 0).AddSeconds(amounts[5] ?? 0), amounts[0] ?? 0, 0, 0);
    }

    private static IEnumerable<(string, Value)> Parts(DateTimeOffset moment) =>
    [
        ("year", Value.Of(moment.Year)),
        ("month", Value.Of(moment.Month)),
        ("day", Value.Of(moment.Day)),
        ("hour", Value.Of(moment.Hour)),
        ("minute", Value.Of(moment.Minute)),
        ("second", Value.Of(moment.Second)),
        ("unix", Value.Of(moment.ToUnixTimeSeconds())),
    ];
}
