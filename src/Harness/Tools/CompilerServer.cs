using System.Runtime.InteropServices;

namespace Causeway.Harness.Tools;

/// <summary>
/// The C# compiler, kept running for the projects of one build: .NET starts it and compiles its code once instead of once for each project. It is this
/// build's own, and ends with it.
/// </summary>
public sealed class CompilerServer(Repository repository) : IAsyncDisposable
{
    private readonly string name = $"causeway-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>For <c>dotnet build</c>.</summary>
    public IReadOnlyList<string> Options => ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={name}"];

    public async ValueTask DisposeAsync()
    {
        // What is not ended here, or by a build that was interrupted, ends by itself after ten minutes without work.
        var sdk = (await CommandLine.Of("dotnet", "--version").In(repository.Root).RunAsync(CancellationToken.None)).Output.Trim();
        var program = Path.Combine(Root, "sdk", sdk, "Roslyn", "bincore", "VBCSCompiler.dll");

        await CommandLine.Of("dotnet", program, $"-pipename:{name}", "-shutdown").TryRunAsync(CancellationToken.None);
    }

    // Of the .NET that runs this: its runtime is in <root>/shared/Microsoft.NETCore.App/<version>.
    private static string Root => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
