using static Causeway.Harness.Scaffolding.NewName;

namespace Causeway.Harness.Scaffolding;

/// <summary>The C# of a new workload: the smallest service that is worth running, and its tests.</summary>
internal static class WorkloadSources
{
    /// <summary>Files of one component and its unit tests, by path below the workload's folder.</summary>
    public static IEnumerable<(string File, string Text)> Component(string workload, string component, string route)
    {
        var (space, name) = ($"{Pascal(workload)}.{Pascal(component)}", Pascal(component));

        yield return ($"src/{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <RootNamespace>{space}</RootNamespace>
                <AssemblyName>{space}</AssemblyName>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../../../_shared/ServiceDefaults/ServiceDefaults.csproj" />
                <InternalsVisibleTo Include="{Pascal(workload)}.Tests" />
              </ItemGroup>
            </Project>

            """);
        yield return ($"src/{name}/Program.cs", $"""
            using Causeway.ServiceDefaults;
            using {space};

            var builder = Service.CreateBuilder(args);
            builder.AddServiceDefaults({name}Json.Default);

            var app = builder.Build();
            app.UseServiceDefaults();
            app.Map{name}();

            return await app.RunServiceAsync();

            """);
        yield return ($"src/{name}/{name}Feature.cs", $$"""
            using Causeway.ServiceDefaults;
            using Microsoft.AspNetCore.Http.HttpResults;

            namespace {{space}};

            /// <summary>`/{{route}}`: says who answers. The first feature takes its place.</summary>
            internal static class {{name}}Feature
            {
                public static void Map{{name}}(this IEndpointRouteBuilder routes) =>
                    routes.MapApi("{{component}}").MapGet("/{{route}}", Show).WithSummary("Who answers.");

                private static Ok<{{name}}Answer> Show() => TypedResults.Ok(new {{name}}Answer("{{workload}}-{{component}}"));
            }

            """);
        yield return ($"src/{name}/{name}Answer.cs", $"""
            namespace {space};

            /// <param name="Name">Workload and component.</param>
            internal sealed record {name}Answer(string Name);

            """);
        yield return ($"src/{name}/{name}Json.cs", $"""
            using System.Text.Json.Serialization;

            namespace {space};

            [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
            [JsonSerializable(typeof({name}Answer))]
            internal sealed partial class {name}Json : JsonSerializerContext;

            """);
        yield return ($"tests/{name}Tests.cs", $$"""
            using System.Net;
            using {{space}};

            namespace {{Pascal(workload)}}.Tests;

            public sealed class {{name}}Tests
            {
                [Fact]
                public async Task It_says_who_answers()
                {
                    await using var running = await RunningFeature.StartAsync({{name}}Json.Default, app => app.Map{{name}}());

                    var answer = await running.Http.GetAsync("/{{route}}", TestContext.Current.CancellationToken);

                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    Assert.Equal(
                        "{\"name\":\"{{workload}}-{{component}}\"}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                }
            }

            """);
    }

    public static string TestProject(string workload, IReadOnlyList<string> components) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <IsTestProject>true</IsTestProject>
            <RootNamespace>{Pascal(workload)}.Tests</RootNamespace>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
        {string.Join('\n', components.Select(component => $"    <ProjectReference Include=\"../src/{Pascal(component)}/{Pascal(component)}.csproj\" />"))}
          </ItemGroup>
        </Project>

        """;

    /// <summary>Serves a feature on a free port, for tests.</summary>
    public static string RunningFeature(string workload) => $$"""
        using System.Text.Json.Serialization.Metadata;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging;

        namespace {{Pascal(workload)}}.Tests;

        /// <summary>A feature, served on a free port of this machine.</summary>
        internal sealed class RunningFeature : IAsyncDisposable
        {
            private readonly WebApplication app;

            private RunningFeature(WebApplication app) => (this.app, Http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

            public HttpClient Http { get; }

            public static async Task<RunningFeature> StartAsync(IJsonTypeInfoResolver json, Action<WebApplication> map)
            {
                var builder = WebApplication.CreateSlimBuilder();
                builder.Logging.ClearProviders();
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Services.ConfigureHttpJsonOptions(http => http.SerializerOptions.TypeInfoResolverChain.Insert(0, json));
                var app = builder.Build();
                map(app);
                await app.StartAsync(TestContext.Current.CancellationToken);

                return new RunningFeature(app);
            }

            public async ValueTask DisposeAsync()
            {
                Http.Dispose();
                await app.DisposeAsync();
            }
        }

        """;

    public static string IntegrationTests(string workload) => $$"""
        using System.Net;

        namespace Causeway.Integration.{{Pascal(workload)}};

        /// <summary>What a caller gets from outside.</summary>
        public sealed class Answers(RunningPlatform running)
        {
            [Fact]
            public async Task It_answers_at_the_edge()
            {
                using var http = new HttpClient { BaseAddress = running.Platform.Addresses.Edge };

                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/{{workload}}", TestContext.Current.CancellationToken)).StatusCode);
            }
        }

        """;
}
