using Causeway.Provider.Values;

namespace Causeway.Provider.Answers;

/// <summary>Data sources that reach out of the run: a hermetic one has no network and starts no programs of the configuration's choice.</summary>
internal static class Refusals
{
    public static Value Http(Value config, Surroundings surroundings) => throw new RefusalException(
        "A hermetic run has no network",
        $"data \"http\" would ask {config["url"].AsText}. Pass what it says as a variable, or override the data source in a Terraform test.",
        ["url"]);

    public static Value External(Value config, Surroundings surroundings) => throw new RefusalException(
        "A hermetic run starts no programs",
        $"data \"external\" would run {string.Join(' ', config["program"].Texts())}, which may do anything, and differently each time. Pass its result as a variable, or override the data source in a Terraform test.",
        ["program"]);

    public static Value Command(Value config, Surroundings surroundings) => throw new RefusalException(
        "A hermetic run starts no programs",
        $"data \"local_command\" would run {config["command"].AsText}. Pass its result as a variable, or override the data source in a Terraform test.",
        ["command"]);
}
