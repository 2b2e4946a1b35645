using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Values;
using Microsoft.Win32.SafeHandles;

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

    /// <summary>It was declared for the run, not made in it (<c>CloudFile.Give</c> of the harness).</summary>
    public bool IsGiven => Key.StartsWith("given-", StringComparison.Ordinal);
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
    private readonly List<CloudResource> past = [];
    private readonly FileStream file = Open(path);
    private long replayed;
    private int lines;

    /// <summary>Everything that exists now.</summary>
    public IReadOnlyCollection<CloudResource> Resources() => Locked(() => (IReadOnlyCollection<CloudResource>)[.. resources.Values]);

    /// <summary>What existed and was deleted: counters such as a task definition's revision go on behind it. To be asked within <see cref="Change"/>.</summary>
    public IReadOnlyList<CloudResource> Past => past;

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

        if (delete is not null && Forget(delete))
        {
            Append(new JsonObject { ["delete"] = delete });
        }

        return 0;
    });

    public void Dispose() => file.Dispose();

    // Opened without .NET's help: that takes a shared lock of its own for as long as the file is open, fails where another holds the lock for a
    // moment, and keeps that other from ever getting it again.
    private static FileStream Open(string path)
    {
        const int ReadWrite = 2;
        const int Create = 0x40;
        const int CloseOnExec = 0x80000;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadWrite | Create | CloseOnExec, Convert.ToInt32("644", 8));

        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, 1)
            : throw new IOException($"The simulated cloud {path} can not be opened (errno {Marshal.GetLastPInvokeError()}).");
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

        // The file was emptied, to start over.
        if (file.Length < replayed)
        {
            resources.Clear();
            (replayed, lines) = (0, 0);
        }

        var bytes = new byte[file.Length - replayed];
        file.Seek(replayed, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        var start = 0;

        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            Apply(bytes.AsSpan(start..end));
            replayed += end + 1 - start;
            start = end + 1;
        }

        // A line without its end was cut short by a crash: it never happened.
        if (start < bytes.Length)
        {
            file.SetLength(replayed);
        }
    }

    private void Apply(ReadOnlySpan<byte> text)
    {
        try
        {
            Apply(JsonNode.Parse(text)!);
            lines++;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new RefusalException("The simulated cloud can not be read", $"{path}, line {lines + 1}: {wrong.Message}");
        }
    }

    private bool Forget(string key)
    {
        if (!resources.Remove(key, out var gone))
        {
            return false;
        }

        past.Add(gone);

        return true;
    }

    private void Apply(JsonNode line)
    {
        if ((string?)line["delete"] is { } deleted)
        {
            Forget(deleted);

            return;
        }

        var key = Text("put");
        resources[key] = new CloudResource(
            key,
            Text("provider"),
            Text("type"),
            Text("account"),
            Text("region"),
            Value.FromJson(line["values"]),
            [.. (line["issued"] as JsonArray ?? []).Select(issued => (string)issued!)]);

        string Text(string name) => (string?)line[name] ?? throw new FormatException($"\"{name}\" is missing.");
    }

    private void Append(JsonObject line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.ToJsonString(Compact) + "\n");
        file.Seek(replayed, SeekOrigin.Begin);
        file.Write(bytes);
        file.Flush();
        replayed += bytes.Length;
        lines++;
    }

    private static readonly JsonSerializerOptions Compact = new() { WriteIndented = false };

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags, int mode);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(int descriptor, int operation);
}
