namespace Causeway.Harness.Terraform.Hcl;

/// <summary>All a root reaches: its own folder, local modules, and modules from elsewhere where a folder for them was found.</summary>
/// <param name="Folders">Absolute paths, the root first.</param>
/// <param name="Calls">Every call of a module, wherever it is.</param>
public sealed record ModuleTree(IReadOnlyList<string> Folders, IReadOnlyList<ModuleCall> Calls)
{
    /// <param name="package">The folder that stands in for a module's package, or null where there is none.</param>
    public static ModuleTree Of(string root, Func<ModuleCall, string?>? package = null)
    {
        var (folders, calls) = (new List<string>(), new List<ModuleCall>());
        var waiting = new Queue<string>([Path.GetFullPath(root)]);

        while (waiting.TryDequeue(out var folder))
        {
            if (folders.Contains(folder))
            {
                continue;
            }

            folders.Add(folder);

            foreach (var call in ModuleCall.In(folder))
            {
                calls.Add(call);

                if (call.LocalFolder is { } local)
                {
                    waiting.Enqueue(local.TrimEnd('/'));
                }
                else if (call.IsRemote && package?.Invoke(call) is { } found)
                {
                    waiting.Enqueue(Path.GetFullPath(Path.Combine(found, call.Inside)));
                }
            }
        }

        return new(folders, calls);
    }
}
