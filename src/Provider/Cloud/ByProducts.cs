using System.Text.Json.Nodes;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Planning;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// What AWS made along with a resource and no configuration declares: the security group of a cluster, the default group and the main route table of a network,
/// the secret with a database's password.
/// Data sources find it by the id or ARN that its maker has as an attribute.
/// </summary>
internal static class ByProducts
{
    /// <returns>The attributes that follow from the maker; null where nothing fits.</returns>
    public static Value? Find(string type, Value config, IReadOnlyCollection<CloudResource> resources)
    {
        var network = Asked(config, "vpc_id", "vpc-id");

        if (network is not null && resources.FirstOrDefault(resource => resource.Type is "aws_vpc" && resource.Id == network) is { } vpc)
        {
            return type switch
            {
                "aws_security_group" when Asked(config, "name", "group-name") is "default" => Of(type, vpc, vpc.Values["default_security_group_id"].AsText!),
                "aws_route_table" when Asked(config, "", "association.main") is "true" => Of(type, vpc, vpc.Values["main_route_table_id"].AsText!),
                _ => null,
            };
        }

        return ((Value.Mapping)config).Members.Where(argument => argument.Key is not "region").Select(argument => argument.Value.AsText)
            .Concat(config["filter"].Items.Select(filter => filter["values"].Items is [var only] ? only.AsText : null))
            .OfType<string>().Where(Identity.IsIdentity)
            .Select(
                identity => resources.FirstOrDefault(
                    resource => resource.Type != type && resource.Id != identity && resource.Arn != identity && resource.Issued.Contains(identity)) is { } maker
                ? Of(type, maker, identity)
                : null)
            .FirstOrDefault(found => found is not null);
    }

    private static Value Of(string type, CloudResource maker, string identity) => Value.Object(new[]
    {
        (Identity.IsArn(identity) ? "arn" : "id", Value.Of(identity)),
        ("id", Value.Of(identity)),
        ("vpc_id", maker.Type is "aws_vpc" ? maker.Values["id"] : Inside(maker.Values, "vpc_id")),
        ("name", type is "aws_security_group" && maker.Type is "aws_vpc" ? Value.Of("default") : Value.Null),
        ("secret_string", type is "aws_secretsmanager_secret_version" ? Secret(maker, identity) : Value.Null),
    }
        .Where(attribute => !attribute.Item2.IsNull)
        .Select(attribute => KeyValuePair.Create(attribute.Item1, attribute.Item2))
        .DistinctBy(attribute => attribute.Key));

    // As services keep the credentials they manage: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
    private static Value Secret(CloudResource maker, string identity) => Value.Of(new JsonObject
    {
        ["username"] = maker.Values["master_username"].AsText ?? maker.Values["username"].AsText ?? "admin",
        ["password"] = Derived.Hex(32, "password", identity),
    }.ToJsonString());

    private static string? Asked(Value config, string argument, string filter) =>
        (argument is "" ? null : config[argument].AsText)
        ?? config["filter"].Items
            .Where(one => one["name"].AsText == filter && one["values"].Items is [_])
            .Select(one => one["values"].Items[0].AsText)
            .FirstOrDefault();

    private static Value Inside(Value value, string name) => value switch
    {
        Value.Mapping mapping when mapping[name] is Value.Text { Content.Length: > 0 } found => found,
        Value.Mapping mapping => mapping.Members.Values.Select(member => Inside(member, name)).FirstOrDefault(found => !found.IsNull) ?? Value.Null,
        Value.Sequence sequence => sequence.Contents.Select(item => Inside(item, name)).FirstOrDefault(found => !found.IsNull) ?? Value.Null,
        _ => Value.Null,
    };
}
