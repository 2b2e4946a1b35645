namespace Causeway.Harness.Terraform.Providers;

/// <summary>A way to publish the provider.</summary>
/// <param name="Name">Part of a folder's name.</param>
/// <param name="Arguments">Of <c>dotnet publish</c>.</param>
public sealed record ProviderForm(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>Compiled ahead for the .NET runtime, which still compiles some methods at each start.</summary>
    public static ProviderForm ReadyToRun { get; } = new("ready", ["--no-self-contained", "-p:PublishReadyToRun=true"]);

    /// <summary>Native code, which needs no runtime. Without files for a debugger, which would be twice as large.</summary>
    public static ProviderForm Native { get; } = new("native", ["-p:PublishAot=true", "-p:DebugType=none"]);
}
