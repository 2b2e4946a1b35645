using System.Text.RegularExpressions;

namespace Causeway.Harness.Local;

/// <summary>One running platform among several on a machine: everything it owns carries its name.</summary>
public sealed partial record Instance
{
    /// <summary>The label on every pod, network and volume of an instance; its value is the instance's name.</summary>
    public const string Label = "causeway-instance";

    /// <summary>The instance that verbs take where none is named.</summary>
    public const string DefaultName = "dev";

    /// <exception cref="PlatformException">The name has other characters than lower-case letters and digits, or more than 16.</exception>
    public Instance(string name) =>
        Name = Pattern().IsMatch(name)
            ? name
            : throw new PlatformException(
                $"`{name}` cannot name an instance.", "Use 1 to 16 lower-case letters and digits, beginning with a letter, as in `dev`.");

    public string Name { get; }

    /// <summary>Whether it is the one that verbs take where none is named: it answers on the ports that the charts declare.</summary>
    public bool IsDefault => Name is DefaultName;

    /// <summary>Begins the name of everything the instance owns. No other instance's prefix begins with it, since names hold no dash.</summary>
    public string Prefix => $"causeway-{Name}-";

    public string Network => $"causeway-{Name}";

    [GeneratedRegex("^[a-z][a-z0-9]{0,15}$")]
    private static partial Regex Pattern();
}
