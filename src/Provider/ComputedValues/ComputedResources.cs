using System.Diagnostics.CodeAnalysis;
using Causeway.Provider.ComputedValues.Clock;
using Causeway.Provider.ComputedValues.Files;
using Causeway.Provider.ComputedValues.Generated;
using Causeway.Provider.ComputedValues.Tls;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues;

/// <summary>
/// What applying a resource of a utility provider computes: really random values, real keys and certificates, real files. The functions return the
/// attributes they know, the provider's defaults among them; they are called once, when the resource is created, and the state keeps what they said.
/// </summary>
internal static class ComputedResources
{
    public static bool TryGet(string type, [NotNullWhen(true)] out Func<Value, ProviderContext, Value>? answer) =>
        TryGet(type, TimeProvider.System, out answer);

    /// <param name="clock">What <c>time_static</c> and certificates take for now.</param>
    public static bool TryGet(string type, TimeProvider clock, [NotNullWhen(true)] out Func<Value, ProviderContext, Value>? answer)
    {
        answer = type switch
        {
            "archive_file" => ArchiveValues.Make,
            "cloudinit_config" => CloudInitValues.Render,
            "local_file" => LocalFileValues.Write,
            "local_sensitive_file" => LocalFileValues.WriteSensitive,
            "null_resource" => NullValues.Resource,
            "random_bytes" => RandomValues.Bytes,
            "random_id" => RandomValues.Id,
            "random_integer" => RandomValues.Integer,
            "random_password" => RandomTextValues.Password,
            "random_pet" => PetValues.Name,
            "random_shuffle" => RandomValues.Shuffle,
            "random_string" => RandomTextValues.Text,
            "random_uuid" or "random_uuid4" => RandomValues.Uuid,
            "random_uuid7" => RandomValues.TimedUuid,
            "time_offset" => At(TimeValues.Offset),
            "time_rotating" => At(TimeValues.Rotating),
            "time_sleep" => At(TimeValues.Sleep),
            "time_static" => At(TimeValues.Static),
            "tls_cert_request" => CertificateValues.Request,
            "tls_locally_signed_cert" => At(CertificateValues.LocallySigned),
            "tls_private_key" => KeyPairValues.Generate,
            "tls_self_signed_cert" => At(CertificateValues.SelfSigned),
            _ => null,
        };

        return answer is not null;

        Func<Value, ProviderContext, Value> At(Func<Value, DateTimeOffset, Value> answer) => (planned, _) => answer(planned, clock.GetUtcNow());
    }

    /// <summary>Undoes what creating left outside the state: removes the file of a <c>local_file</c>. Nothing for every other type.</summary>
    public static void Delete(string type, Value state, ProviderContext context)
    {
        if (type is "local_file" or "local_sensitive_file")
        {
            LocalFileValues.Delete(state, context);
        }
    }

    /// <summary>
    /// Whether a resource is still what its state says: a file that is gone or changed is not, nor is a rotation whose time has come. Every other one is.
    /// </summary>
    public static bool IsThere(string type, Value state, ProviderContext context, TimeProvider? clock = null) => type switch
    {
        "local_file" or "local_sensitive_file" => LocalFileValues.IsThere(state, context),
        "time_rotating" =>
            state["rotation_rfc3339"].Given() is not { } end || Moment.Parse(end, "rotation_rfc3339") >= (clock ?? TimeProvider.System).GetUtcNow(),
        _ => true,
    };
}
