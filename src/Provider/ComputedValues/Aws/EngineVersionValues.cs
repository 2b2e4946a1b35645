using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// Versions of database engines: what was asked for, completed from a short table where only a major version was. That AWS offers it is not proven.
/// Source: https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/ and its neighbours.
/// </summary>
internal static class EngineVersionValues
{
    public static Value Read(Value config, ProviderContext context)
    {
        var engine = config["engine"].AsText ?? "";
        var asked = config["version"].Given()
            ?? config["preferred_versions"].Texts().FirstOrDefault(text => text is not "")
            ?? VersionOf(config["parameter_group_family"].Given(), engine);
        var version = Complete(engine, asked)
            ?? throw new RefusalException($"no RDS engine versions match the criteria: engine {engine}, version {asked ?? "(default)"}", path: ["engine"]);
        var isAurora = engine.StartsWith("aurora-", StringComparison.Ordinal);

        return Value.Object(
            ("id", Value.Of(version)),
            ("default_character_set", Value.Of("")),
            ("engine_description", Value.Of(Description(engine))),
            ("exportable_log_types", Value.Set((engine switch
            {
                "postgres" => (string[])["postgresql", "upgrade", "iam-db-auth-error"],
                "aurora-postgresql" => ["postgresql", "iam-db-auth-error", "instance"],
                "mysql" or "mariadb" => ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
                "aurora-mysql" => ["audit", "error", "general", "slowquery", "iam-db-auth-error", "instance"],
                _ => [],
            }).Select(Value.Of))),
            ("parameter_group_family", Value.Of(config["parameter_group_family"].Given() ?? Family(engine, version))),
            ("region", Value.Of(Region.NameOf(config, context))),
            ("status", Value.Of("available")),
            ("supported_modes", Value.Set(isAurora ? [Value.Of("provisioned")] : [])),
            ("supports_certificate_rotation_without_restart", Value.Of(engine is not "mysql" and not "mariadb")),
            ("supports_global_databases", Value.Of(isAurora)),
            ("supports_integrations", Value.Of(isAurora || engine is "postgres" or "mysql")),
            ("supports_limitless_database", Value.Of(false)),
            ("supports_local_write_forwarding", Value.Of(isAurora)),
            ("supports_log_exports_to_cloudwatch", Value.Of(true)),
            ("supports_parallel_query", Value.Of(engine is "aurora-mysql")),
            ("supports_read_replica", Value.Of(true)),
            ("version", Value.Of(version)),
            ("version_actual", Value.Of(version)),
            ("version_description", Value.Of($"{Description(engine)} {version}")));
    }

    // The newest minor version of a major one; a version that says more than its major stands as it is.
    private static string? Complete(string engine, string? asked) => (engine, asked) switch
    {
        ("postgres" or "aurora-postgresql", null or "17") => engine is "postgres" ? "17.6" : "17.5",
        ("postgres" or "aurora-postgresql", "18") => "18.1",
        ("postgres" or "aurora-postgresql", "16") => engine is "postgres" ? "16.10" : "16.9",
        ("postgres" or "aurora-postgresql", "15") => engine is "postgres" ? "15.14" : "15.13",
        ("postgres" or "aurora-postgresql", "14") => engine is "postgres" ? "14.19" : "14.18",
        ("postgres" or "aurora-postgresql", "13") => engine is "postgres" ? "13.22" : "13.21",
        ("mysql", null or "8.4") => "8.4.7",
        ("mysql", "8.0" or "8") => "8.0.44",
        ("mariadb", null or "11.8") => "11.8.3",
        ("mariadb", "11.4") => "11.4.8",
        ("mariadb", "10.11") => "10.11.14",
        ("aurora-mysql", null or "8.0") => "8.0.mysql_aurora.3.10.1",
        ("oracle-ee" or "oracle-se2" or "oracle-ee-cdb" or "oracle-se2-cdb", null or "19") => "19.0.0.0.ru-2025-07.rur-2025-07.r1",
        ("sqlserver-ee" or "sqlserver-ex" or "sqlserver-se" or "sqlserver-web", null or "16.00") => "16.00.4215.2.v1",
        ("docdb", null or "5.0" or "5") => "5.0.0",
        ("neptune", null) => "1.4.6.0",
        ("postgres" or "aurora-postgresql" or "mysql" or "mariadb" or "aurora-mysql" or "docdb" or "neptune", { } version) => version,
        ({ } other, { } version) when other.StartsWith("oracle-", StringComparison.Ordinal)
            || other.StartsWith("sqlserver-", StringComparison.Ordinal)
            || other.StartsWith("db2-", StringComparison.Ordinal) =>
            version,
        _ => null,
    };

    private static string? VersionOf(string? family, string engine) =>
        family?.StartsWith(engine, StringComparison.Ordinal) is true ? family[engine.Length..].TrimStart('-') : null;

    private static string Family(string engine, string version)
    {
        var parts = version.Split('.');

        return engine switch
        {
            "postgres" or "aurora-postgresql" => engine + parts[0],
            "neptune" => $"neptune{parts[0]}.{parts.ElementAtOrDefault(1)}",
            _ when engine.StartsWith("oracle-", StringComparison.Ordinal) => $"{engine}-{parts[0]}",
            _ when engine.StartsWith("sqlserver-", StringComparison.Ordinal) => $"{engine}-{parts[0]}.0",
            _ => $"{engine}{parts[0]}.{parts.ElementAtOrDefault(1) ?? "0"}",
        };
    }

    private static string Description(string engine) => engine switch
    {
        "postgres" => "PostgreSQL",
        "aurora-postgresql" => "Aurora PostgreSQL",
        "mysql" => "MySQL Community Edition",
        "mariadb" => "MariaDB Community Edition",
        "aurora-mysql" => "Aurora MySQL",
        _ => engine,
    };
}
