using System.Diagnostics.CodeAnalysis;
using Causeway.Provider.Answers.Clock;
using Causeway.Provider.Answers.Files;
using Causeway.Provider.Answers.Generated;
using Causeway.Provider.Answers.Tls;
using Causeway.Provider.Values;

namespace Causeway.Provider.Answers;

/// <summary>
/// What applying a resource of a utility provider computes: really random values, real keys and certificates, real files. The functions return the attributes they know,
/// the provider's defaults among them; they are called once, when the resource is created, and the state keeps what they said.
/// </summary>
internal static class ResourceAnswers
{
    public static bool TryGet(string type, [NotNullWhen(true)] out Func<Value, Surroundings, Value>? answer) => TryGet(type, TimeProvider.System, out answer);

    /// <param name="clock">What <c>time_static</c> and certificates take for now.</param>
    public static bool TryGet(string type, TimeProvider clock, [NotNullWhen(true)] out Func<Value, Surroundings, Value>? answer)
    {
        answer = type switch
        {
            "archive_file" => ArchiveAnswer.Make,
            "cloudinit_config" => CloudInitAnswer.Render,
            "local_file" => LocalFileAnswers.Write,
            "local_sensitive_file" => LocalFileAnswers.WriteSensitive,
            "null_resource" => NullAnswers.Resource,
            "random_bytes" => RandomAnswers.Bytes,
            "random_id" => RandomAnswers.Id,
            "random_integer" => RandomAnswers.Integer,
            "random_password" => TextAnswers.Password,
            "random_pet" => PetAnswer.Name,
            "random_shuffle" => RandomAnswers.Shuffle,
            "random_string" => TextAnswers.Text,
            "random_uuid" or "random_uuid4" => RandomAnswers.Uuid,
            "random_uuid7" => RandomAnswers.TimedUuid,
            "time_offset" => At(TimeAnswers.Offset),
            "time_rotating" => At(TimeAnswers.Rotating),
            "time_sleep" => At(TimeAnswers.Sleep),
            "time_static" => At(TimeAnswers.Static),
            "tls_cert_request" => CertificateAnswers.Request,
            "tls_locally_signed_cert" => At(CertificateAnswers.LocallySigned),
            "tls_private_key" => KeyAnswers.Generate,
            "tls_self_signed_cert" => At(CertificateAnswers.SelfSigned),
            _ => null,
        };

        return answer is not null;

        Func<Value, Surroundings, Value> At(Func<Value, DateTimeOffset, Value> answer) => (planned, _) => answer(planned, clock.GetUtcNow());
    }

    /// <summary>Undoes what creating left outside the state: removes the file of a <c>local_file</c>. Nothing for every other type.</summary>
    public static void Delete(string type, Value state, Surroundings surroundings)
    {
        if (type is "local_file" or "local_sensitive_file")
        {
            LocalFileAnswers.Delete(state, surroundings);
        }
    }

    /// <summary>Whether a resource is still what its state says: a file that is gone or changed is not, nor is a rotation whose time has come. Every other one is.</summary>
    public static bool IsThere(string type, Value state, Surroundings surroundings, TimeProvider? clock = null) => type switch
    {
        "local_file" or "local_sensitive_file" => LocalFileAnswers.IsThere(state, surroundings),
        "time_rotating" => state["rotation_rfc3339"].Given() is not { } end || Moment.Parse(end, "rotation_rfc3339") >= (clock ?? TimeProvider.System).GetUtcNow(),
        _ => true,
    };
}
