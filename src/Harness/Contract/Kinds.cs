using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Contract;

/// <summary>
/// The kinds of component, of resource and of objective that a tree has: one file each in <c>schemas/components</c>, <c>schemas/resources</c> and
/// <c>schemas/objectives</c>.
/// </summary>
public sealed partial record Kinds(
    IReadOnlyList<ComponentKind> Components, IReadOnlyList<ResourceKind> Resources, IReadOnlyList<ObjectiveKind> Objectives)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads the kinds of the tree at <paramref name="root"/>.</summary>
    /// <exception cref="InvalidDataException">A file does not describe a kind; the message names it and says what is wrong.</exception>
    public static Kinds Load(string root) =>
        new(
            [.. Files(root, "components").Select(file => Check(file, Read<ComponentKind>(file) with { Name = NameOf(file) }))],
            [.. Files(root, "resources").Select(file => Check(file, Read<ResourceKind>(file) with { Name = NameOf(file) }))],
            [.. Files(root, "objectives").Select(file => Check(file, Read<ObjectiveKind>(file) with { Name = NameOf(file) }))]);

    private static IEnumerable<string> Files(string root, string folder) =>
        Directory.EnumerateFiles(Path.Combine(root, "schemas", folder), "*.json").Order(StringComparer.Ordinal);

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static T Read<T>(string file)
    {
        if (!KindName().IsMatch(NameOf(file)))
        {
            throw new InvalidDataException($"{file}: {NameOf(file)} cannot be a kind's name; use lower-case words joined by single dashes.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(file), Strict)
                ?? throw new InvalidDataException($"{file}: the file is empty; describe the kind.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }
    }

    private static ComponentKind Check(string file, ComponentKind kind)
    {
        var fields = kind.Component["properties"]?.AsObject()
            ?? throw new InvalidDataException($"{file}: component.properties is missing; list the fields of a component there.");

        return kind.Overrides.FirstOrDefault(field => !fields.ContainsKey(field)) is { } unknown
            ? throw new InvalidDataException($"{file}: overrides names {unknown}, which is not a field of the component; name one of " +
                $"{string.Join(", ", fields.Select(field => field.Key))}.")
            : kind;
    }

    private static ResourceKind Check(string file, ResourceKind kind)
    {
        if (kind.Resource["properties"] is null)
        {
            throw new InvalidDataException($"{file}: resource.properties is missing; list the fields of a resource there.");
        }

        if (kind.Access.Count == 0)
        {
            throw new InvalidDataException($"{file}: access is empty; name at least one verb.");
        }

        foreach (var (verb, access) in kind.Access)
        {
            if (access.Includes.FirstOrDefault(other => !kind.Access.ContainsKey(other)) is { } unknown)
            {
                throw new InvalidDataException(
                    $"{file}: access.{verb} includes {unknown}, which is not a verb of this kind; name one of {string.Join(", ", kind.Access.Keys)}.");
            }

            if (Reaches(kind, verb, verb, []))
            {
                throw new InvalidDataException($"{file}: access.{verb} includes itself; remove one of the includes that lead back to it.");
            }
        }

        return kind;
    }

    private static ObjectiveKind Check(string file, ObjectiveKind kind) =>
        kind.Objective["properties"]?["component"] is null
            ? throw new InvalidDataException($"{file}: objective.properties.component is missing; an objective is about a component.")
            : kind;

    private static bool Reaches(ResourceKind kind, string from, string to, HashSet<string> seen) =>
        kind.Access.TryGetValue(from, out var access) && access.Includes.Any(verb => verb == to || (seen.Add(verb) && Reaches(kind, verb, to, seen)));

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KindName();
}
