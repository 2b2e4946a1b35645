using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues;

/// <summary>
/// Data sources that reach out of the run: a hermetic one has no network and starts no programs of the configuration's choice, unless they are allowed.
/// One whose result is given for the run is never asked.
/// </summary>
internal static class Refusals
{
    private const string WaysOut =
        "Pass its result as a variable, give the data source a result (--given <file> with `- { address: data.TYPE.NAME, result: { … } }`)";

    private static bool AllowsPrograms => Environment.GetEnvironmentVariable("CAUSEWAY_ALLOW_PROGRAMS") is "1";

    public static Value Http(Value config, ProviderContext context) => throw new RefusalException(
        "A hermetic run has no network",
        $"data \"http\" would ask {config["url"].AsText}. {Named("http")}, or override the data source in a Terraform test.",
        ["url"]);

    public static Value External(Value config, ProviderContext context) => AllowsPrograms ? Programs.External(config, context)
        : throw new RefusalException(
            "A hermetic run starts no programs",
            $"data \"external\" would run {string.Join(' ', config["program"].Texts())}, which may do anything, and differently each time. " +
            $"{Named("external")}, allow it with --allow-programs, or override the data source in a Terraform test.",
            ["program"]);

    public static Value Command(Value config, ProviderContext context) => AllowsPrograms ? Programs.Command(config, context)
        : throw new RefusalException(
            "A hermetic run starts no programs",
            $"data \"local_command\" would run {config["command"].AsText}. {Named("local_command")}, allow it with --allow-programs, or override the data " +
            "source in a Terraform test.",
            ["command"]);

    private static string Named(string type) => WaysOut.Replace("TYPE", type, StringComparison.Ordinal);
}
