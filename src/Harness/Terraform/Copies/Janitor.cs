using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Copies;

/// <summary>Destroys what killed processes applied and left, and deletes their working copies.</summary>
/// <param name="say">Receives a line for each thing done, and for each that could not be.</param>
public sealed class Janitor(Repository repository, Action<string>? say = null)
{
    // How long a Terraform whose caller was killed gets to save its state.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Ledger ledger = new(repository);

    /// <summary>
    /// Looks at every entry whose owner is dead. One that cannot be destroyed stays in the ledger, to be tried again, unless it is simulated and goes with its
    /// copy. Safe to repeat and to run side by side.
    /// </summary>
    /// <returns>How many roots were destroyed, and how many are not yet.</returns>
    public async Task<(int Destroyed, int Failed)> SweepAsync(CancellationToken stop)
    {
        if (!Ownerless().Any() && !Copies().Any())
        {
            return (0, 0);
        }

        using var one = await FileLock.TakeAsync(
            Path.Combine(repository.Cache, "ledger.lock"), "destroying what killed tests left", TimeSpan.FromMinutes(30), stop);
        var (destroyed, failed) = (0, 0);

        foreach (var entry in Ownerless().ToArray())
        {
            var done = await DestroyAsync(entry, stop);
            destroyed += done ? 1 : 0;
            failed += done ? 0 : 1;
        }

        foreach (var copy in Copies().ToArray())
        {
            await RunningTerraform.EndAsync(copy, Grace, stop);
            Directory.Delete(copy, recursive: true);
        }

        return (destroyed, failed);
    }

    private async Task<bool> DestroyAsync(LedgerEntry entry, CancellationToken stop)
    {
        try
        {
            if (!Directory.Exists(entry.Copy))
            {
                if (entry.Real)
                {
                    throw new DirectoryNotFoundException($"its working copy {entry.Copy} is gone, and with it perhaps its state");
                }

                // State and simulated cloud were in the copy: there is nothing left to destroy.
                ledger.Remove(entry.Id);

                return true;
            }

            var own = TerraformRoot.OwnFolder(entry.Copy, entry.Id);

            if (entry.Real && RunningTerraform.In(own) is [var process, ..])
            {
                say?.Invoke($"Terraform still applies {entry.Root} (process {process}), though who started it at {entry.Applied:u} was killed. It is left " +
                    "to end; the next command destroys what it made.");

                return false;
            }

            await RunningTerraform.EndAsync(own, Grace, stop);
            await using var left = TerraformRoot.Of(repository, entry);
            var remark = await left.EndAsync(stop) is { } undone ? $"; {FirstLines(undone)}" : "";
            say?.Invoke($"destroyed what a killed process had applied of {entry.Root} at {entry.Applied:u}{remark}");

            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            say?.Invoke($"could not destroy what a killed process applied of {entry.Root} at {entry.Applied:u}: {FirstLines(error.Message)}\n  It is tried " +
                $"again next time; {ledger.PathOf(entry.Id)} says what it is. Delete that file once you have destroyed it by hand.");

            return false;
        }
    }

    // The first lines of a long list of errors say what is wrong; the others mostly follow from it.
    private static string FirstLines(string message) =>
        message.Split('\n') is { Length: > 4 } lines ? $"{string.Join('\n', lines[..4])}\n  … {lines.Length - 4} more lines" : message;

    private IEnumerable<LedgerEntry> Ownerless() => ledger.Entries().Where(entry => !ProcessIdentity.Lives(entry.Owner));

    // Copies whose owner is dead and that no entry needs.
    private IEnumerable<string> Copies()
    {
        var folder = WorkingCopy.All(repository);
        var needed = ledger.Entries().Select(entry => entry.Copy).ToHashSet();

        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Where(copy => !ProcessIdentity.Lives(Path.GetFileName(copy).Split('-')[0]) && !needed.Contains(copy))
            : [];
    }
}
