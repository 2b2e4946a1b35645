using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Variables of a pod's containers.</summary>
public static class PodVariables
{
    /// <summary>Gives a variable another value.</summary>
    public static void Set(JsonObject pod, string name, string value)
    {
        foreach (var container in RenderedObjects.ContainersOf(pod))
        {
            var variables = (container["env"] ??= new JsonArray()).AsArray();

            foreach (var same in variables.Where(variable => (string?)variable!["name"] == name).ToArray())
            {
                variables.Remove(same);
            }

            variables.Add(new JsonObject { ["name"] = name, ["value"] = value });
        }
    }
}
