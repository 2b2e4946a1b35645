using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Providers;

/// <summary>
/// A root's providers, each started once for all of its commands instead of three times by each. They start with the first command that needs them, and end
/// with the root; should this process be killed, they end once no Terraform uses them any more.
/// </summary>
/// <param name="program">The provider's executable.</param>
/// <param name="command">A provider in the root's folder and environment; its arguments are added.</param>
public sealed class ResidentProviders(string program, IReadOnlyList<MirroredProvider> providers, CommandLine command) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly CancellationTokenSource ending = new();
    private readonly List<Task<CommandResult>> running = [];
    private readonly List<string> folders = [];
    private JsonObject? attachments;

    /// <summary>The variable that tells Terraform where they are.</summary>
    public const string Variable = "TF_REATTACH_PROVIDERS";

    /// <summary>The variable's value, after starting those that do not run yet.</summary>
    /// <exception cref="PlatformException">One does not start.</exception>
    public async Task<string> AttachAsync(CancellationToken stop)
    {
        await gate.WaitAsync(stop);

        try
        {
            attachments ??= new JsonObject(await Task.WhenAll(providers.Select(provider => StartAsync(provider, stop))));

            return attachments.ToJsonString();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The last words of those that ended by themselves; empty while all run.</summary>
    public string LastWords
    {
        get
        {
            lock (running)
            {
                return string.Join('\n', running.Where(process => process.IsCompletedSuccessfully).Select(process => process.Result.Tail()));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Killed, they leave their sockets.
        foreach (var folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        ending.Dispose();
        gate.Dispose();
    }

    // Form of an attachment: https://developer.hashicorp.com/terraform/plugin/debugging#running-terraform-with-a-provider-in-debug-mode
    private async Task<KeyValuePair<string, JsonNode?>> StartAsync(MirroredProvider provider, CancellationToken stop)
    {
        var announced = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = (command with { Program = program, Arguments = ["--resident", .. provider.Files] })
            .TryRunAsync(ending.Token, line => announced.TrySetResult(line));

        lock (running)
        {
            running.Add(process);
        }

        await Task.WhenAny(announced.Task, process).WaitAsync(stop);

        if (!announced.Task.IsCompletedSuccessfully || announced.Task.Result.Split('|') is not [var id, var socket])
        {
            throw new PlatformException(
                $"The hermetic provider {provider.Source} did not start.",
                "Its last words are above. Delete .causeway/provider to have it built again.",
                process.IsCompleted ? (await process).Tail() : await announced.Task);
        }

        lock (running)
        {
            folders.Add(Path.GetDirectoryName(socket)!);
        }

        return new(provider.Source, new JsonObject
        {
            ["Protocol"] = "grpc",
            ["ProtocolVersion"] = 6,
            ["Pid"] = int.Parse(id),
            ["Test"] = true, // Terraform neither ends it nor asks it to end
            ["Addr"] = new JsonObject { ["Network"] = "unix", ["String"] = socket },
        });
    }
}
