using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.Options;

namespace Causeway.ServiceDefaults;

/// <summary>What every service of the platform does the same way: settings, logs, telemetry, health, draining, errors, JSON.</summary>
public static class Service
{
    internal const int MaxBodyBytes = 32 * 1024;

    /// <summary>A builder that reads its settings from the environment. Next comes <see cref="AddServiceDefaults"/>.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // ASP.NET Core 10 gives the server's spans the attributes of the semantic conventions only when asked.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        // Settings are environment variables, which never change: watching for files would watch the whole container.
        return WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
    }

    /// <param name="json">The source-generated contexts that know every type the service reads or writes.</param>
    public static void AddServiceDefaults(this WebApplicationBuilder builder, params IJsonTypeInfoResolver[] json)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddOptions();
        builder.AddLogs();
        builder.AddServer();
        builder.AddManagement();
        builder.AddJson(json);
        builder.AddHealth();
        builder.AddLoadShedding();
        builder.AddTelemetry();
        builder.AddDescription();
    }

    public static void UseServiceDefaults(this WebApplication app)
    {
        app.UseErrorTypes();
        app.UseDraining();
        // Before the log: many lines about what was not done would cost what shedding saves. The meters count it.
        app.UseRateLimiter();
        app.UseHttpLogging();
        app.UseProblems();
        app.UseRetryBudgets();
        app.MapHealth();
        app.MapManagement().MapOpenApi().DisableHttpMetrics();
    }

    /// <summary>Runs until it is told to stop. A wrong setting ends the program with one line per fault instead of a stack trace.</summary>
    /// <returns>The exit code of the program.</returns>
    public static async Task<int> RunServiceAsync(this WebApplication app)
    {
        try
        {
            // Before anything is made that needs a setting, so that all that are wrong are said at once.
            app.Services.GetService<IStartupValidator>()?.Validate();
            app.ListenOnPorts();
            await app.RunAsync();
            return 0;
        }
        catch (Exception wrong) when (Failures(wrong) is { Length: > 0 } failures)
        {
            await Console.Error.WriteLineAsync($"The settings are wrong: {string.Join(' ', failures)}");
            return 1;
        }
        catch (InvalidOperationException wrong) when (wrong.InnerException is FormatException or OverflowException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"The settings are wrong: {wrong.Message}");
            return 1;
        }
    }

    // Those of several sets of settings come together.
    private static string[] Failures(Exception wrong) => wrong switch
    {
        OptionsValidationException one => [.. one.Failures],
        AggregateException several when several.InnerExceptions.All(one => one is OptionsValidationException) =>
            [.. several.InnerExceptions.SelectMany(Failures)],
        _ => [],
    };

    private static void AddOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServiceOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServiceOptions>, ServiceOptionsValidator>();
    }

    private static void AddLogs(this WebApplicationBuilder builder)
    {
        // First of all sources, so that variables such as Logging__LogLevel__Default override it.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Microsoft.AspNetCore.HttpLogging"] = "Information",

                // It logs an error for every probe of a process that drains. Drain and Dependency log what changes, once.
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
            },
        });

        builder.Logging.ClearProviders();
        builder.Logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });

        builder.Services.AddHttpLogging(logging =>
        {
            logging.CombineLogs = true;
            logging.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath
                | HttpLoggingFields.ResponseStatusCode | HttpLoggingFields.Duration;
        });
    }

    private static void AddServer(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;

            // Latin-1 takes any byte, so that a header with wrong ones reaches validation and gets an answer that names it.
            kestrel.RequestHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        });

        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
    }

    private static void AddJson(this WebApplicationBuilder builder, IJsonTypeInfoResolver[] resolvers) =>
        builder.Services.ConfigureHttpJsonOptions(http =>
        {
            var json = http.SerializerOptions;
            json.TypeInfoResolverChain.Clear();

            foreach (var resolver in resolvers.Append(DefaultsJson.Default))
            {
                json.TypeInfoResolverChain.Add(resolver);
            }

            json.PropertyNameCaseInsensitive = false;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.AllowDuplicateProperties = false;
            json.RespectNullableAnnotations = true;
            json.RespectRequiredConstructorParameters = true;
            json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
}
