namespace Causeway.Harness.Terraform.Running;

/// <summary>Terraform's own configuration file. Format: https://developer.hashicorp.com/terraform/cli/config/config-file</summary>
public static class CliConfiguration
{
    /// <summary>
    /// Providers come from <paramref name="mirror"/> and from nowhere else; modules of the registries <paramref name="hosts"/> from <paramref
    /// name="registry"/>, if there is one.
    /// </summary>
    public static string Text(string mirror, Uri? registry, IEnumerable<string> hosts)
    {
        var services = string.Concat(hosts.Select(host => $$"""

            host {{Quote(host)}} {
              services = {
                "modules.v1" = "{{registry}}"
              }
            }

            """));

        return $$"""
            provider_installation {
              filesystem_mirror {
                path = {{Quote(mirror)}}
              }
            }

            """ + services;
    }

    /// <summary>A text as a literal of Terraform's language.</summary>
    public static string Quote(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("${", "$${", StringComparison.Ordinal)
            .Replace("%{", "%%{", StringComparison.Ordinal);

        return $"\"{escaped}\"";
    }
}
