using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>A resource that exists.</summary>
/// <param name="Key">Given when it was made, never used again.</param>
/// <param name="Provider">Its provider's address.</param>
/// <param name="Region">Where it lives; empty for what has no region.</param>
/// <param name="Issued">The identities that the cloud gave out with it: ids and ARNs that others may refer to.</param>
internal sealed record CloudResource(string Key, string Provider, string Type, string Account, string Region, Value Values, IReadOnlyList<string> Issued)
{
    public string? Id => Values["id"].AsText;

    public string? Arn => Values["arn"].AsText;
}

/// <summary>
/// The simulated cloud: what exists, in one file of JSON lines, each a resource put or a key deleted; the last line about a key is its truth. Lines are
/// appended under a lock that holds between processes (Terraform runs one provider process per provider configuration), so a line is there whole or not
/// at all: what a crash cut short is cut off by the next writer.
/// </summary>
internal sealed class SimulatedCloud(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, CloudResource> resources = [];
    private readonly FileStream file = Open(path);
    private long replayed;

    /// <summary>Everything that exists now.</summary>
    public IReadOnlyCollection<CloudResource> Resources() => Locked(() => (IReadOnlyCollection<CloudResource>)[.. resources.Values]);

    /// <summary>Looks and writes in one step that no other process comes between.</summary>
    /// <param name="decide">Gets what exists; returns what to put, or a key to delete, or neither. What it throws leaves everything as it was.</param>
    public void Change(Func<IReadOnlyCollection<CloudResource>, (CloudResource? Put, string? Delete)> decide) => Locked(() =>
    {
        var (put, delete) = decide(resources.Values);

        if (put is not null)
        {
            Append(new JsonObject
            {
                ["put"] = put.Key,
                ["provider"] = put.Provider,
                ["type"] = put.Type,
                ["account"] = put.Account,
                ["region"] = put.Region,
                ["values"] = put.Values.ToJson(),
                ["issued"] = new JsonArray([.. put.Issued.Select(issued => JsonValue.Create(issued))]),
            });
            resources[put.Key] = put;
        }

        if (delete is not null && resources.Remove(delete))
        {
            Append(new JsonObject { ["delete"] = delete });
        }

        return 0;
    });

    public void Dispose() => file.Dispose();

    private static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1);
    }

    private T Locked<T>(Func<T> act)
    {
        lock (gate)
        {
            const int Exclusive = 2;
            const int Unlock = 8;
            var descriptor = file.SafeFileHandle.DangerousGetHandle().ToInt32();

            while (Flock(descriptor, Exclusive) != 0)
            {
                // A signal came between.
                if (Marshal.GetLastPInvokeError() != 4)
                {
                    throw new IOException($"The simulated cloud {path} can not be locked (errno {Marshal.GetLastPInvokeError()}).");
                }
            }

            try
            {
                Replay();

                return act();
            }
            finally
            {
                _ = Flock(descriptor, Unlock);
            }
        }
    }

    private void Replay()
    {
        if (file.Length == replayed)
        {
            return;
        }

        var bytes = new byte[file.Length - replayed];
        file.Seek(replayed, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        var start = 0;

        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            Apply(JsonNode.Parse(bytes.AsSpan(start..end))!);
            start = end + 1;
        }

        replayed += start;

        // A line without its end was cut short by a crash: it never happened.
        if (start < bytes.Length)
        {
            file.SetLength(replayed);
        }
    }

    private void Apply(JsonNode line)
    {
        if ((string?)line["delete"] is { } deleted)
        {
            resources.Remove(deleted);

            return;
        }

        var key = (string)line["put"]!;
        resources[key] = new CloudResource(
            key, (string)line["provider"]!, (string)line["type"]!, (string)line["account"]!, (string)line["region"]!, Value.FromJson(line["values"]), [.. line["issued"]!.AsArray().Select(issued => (string)issued!)]);
    }

    private void Append(JsonObject line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.ToJsonString(Compact) + "\n");
        file.Seek(replayed, SeekOrigin.Begin);
        file.Write(bytes);
        file.Flush();
        replayed += bytes.Length;
    }

    private static readonly JsonSerializerOptions Compact = new() { WriteIndented = false };

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(int descriptor, int operation);
}
