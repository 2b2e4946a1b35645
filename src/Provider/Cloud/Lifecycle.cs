using Causeway.Provider.ComputedValues;
using Causeway.Provider.Planning;
using Causeway.Provider.Schemas;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>What happens to resources: they are made, read, changed, removed and adopted in the simulated cloud, and found there by data sources.</summary>
internal sealed class Lifecycle(ServedSchema schema, TraitsTable table, SimulatedCloud cloud, TimeProvider clock)
{
    private readonly PlannedNetworks networks = new(table);

    /// <summary>
    /// Values that are known before the resource exists: its region, its tags with the provider's default tags, the names a certificate is to be validated for.
    /// </summary>
    public static IReadOnlyDictionary<string, Value> KnownBefore(string type, Block block, Value prior, Value config, ProviderContext context)
    {
        var known = new Dictionary<string, Value>();

        if (type is "aws_acm_certificate" && prior.IsNull && config["validation_method"].AsText is "DNS")
        {
            known["domain_validation_options"] = ValidationOptions(config);
        }

        if (type.StartsWith("aws_", StringComparison.Ordinal)
            && config["region"].IsNull
            && block.Attributes.TryGetValue("region", out var region)
            && region is { Optional: true, Computed: true })
        {
            known["region"] = Value.Of(context.Region);
        }

        if (block.Attributes.TryGetValue("tags_all", out var all) && all.Computed)
        {
            var tags = config["tags"];
            known["tags_all"] = tags.IsUnknown ? Value.Unknown : Value.Object(context.DefaultTags
                .Select(tag => KeyValuePair.Create(tag.Key, Value.Of(tag.Value)))
                .Concat(tags is Value.Mapping own ? own.Members.Where(tag => !tag.Value.IsNull) : [])
                .GroupBy(tag => tag.Key).Select(group => group.Last()));
        }

        return known;
    }

    // One for each name of the certificate, and the names are known: configurations make a record for each.
    private static Value ValidationOptions(Value config) =>
        config["domain_name"].IsWhollyKnown && config["subject_alternative_names"].IsWhollyKnown
            ? Value.Set(config["subject_alternative_names"].Items.Prepend(config["domain_name"]).Distinct().Select(name => Value.Object(
                ("domain_name", name),
                ("resource_record_name", Value.Unknown),
                ("resource_record_type", Value.Unknown),
                ("resource_record_value", Value.Unknown))))
            : Value.Unknown;

    /// <summary>What a plan makes of a resource is held against what else the run plans.</summary>
    /// <exception cref="RefusalException">Both cannot be.</exception>
    public void Planned(string type, string key, bool isReplaced, Value config, Value planned, ProviderContext context)
    {
        if (planned.IsNull)
        {
            networks.Remove(key);
        }
        else
        {
            networks.Add(type, key, isReplaced, config, planned, cloud.Resources, context);
        }
    }

    /// <returns>Null where it does not exist any more.</returns>
    public CloudResource? Read(string type, string key, Value current, ProviderContext context)
    {
        var resources = cloud.Resources();

        if (!ComputedResources.IsThere(type, current, context, clock))
        {
            return null;
        }

        return resources.FirstOrDefault(resource => resource.Key == key && resource.Type == type)
            ?? (key is ""
                ? resources.FirstOrDefault(resource => IsHere(resource, type, context) && resource.Id is { } id && id == current["id"].AsText)
                : null);
    }

    /// <summary>Makes, changes or removes a resource.</summary>
    /// <param name="key">Of the resource as it is; empty where there is none.</param>
    /// <param name="config">Null where it is removed.</param>
    /// <returns>The new values (null once it is removed), and its key.</returns>
    /// <exception cref="RefusalException">The cloud refuses.</exception>
    public (Value Values, string Key) Apply(
        string type, Block block, TypeTraits traits, string key, Value prior, Value planned, Value config, ProviderContext context)
    {
        if (planned.IsNull)
        {
            cloud.Change(resources =>
            {
                if (resources.FirstOrDefault(resource => resource.Key == key) is { } target)
                {
                    new Dependents(resources, table).Check(target);
                }

                return (null, key);
            });
            ComputedResources.Delete(type, prior, context);

            return (Value.Null, "");
        }

        var computed = Computed(type, planned, context);
        CloudResource? made = null;
        cloud.Change(resources =>
        {
            new References(resources, table.IdKinds, context).Check(config, traits);
            made = Made(type, block, traits, resources.FirstOrDefault(resource => !prior.IsNull && resource.Key == key), computed, config, resources, context);

            new Networks(resources, table, context).Check(made, traits);

            return (made, null);
        });

        return (made!.Values, made.Key);
    }

    // Two resources of one kind may have the same arguments: each still gets a name and an id of its own, by another seed.
    private CloudResource Made(
        string type,
        Block block,
        TypeTraits traits,
        CloudResource? present,
        Value computed,
        Value config,
        IReadOnlyCollection<CloudResource> resources,
        ProviderContext context)
    {
        var start = Given(type, config, context) is { } given
            ? Value.Object(((Value.Mapping)computed).Members.Select(
                member => member.Value.IsUnknown && !given[member.Key].IsNull ? KeyValuePair.Create(member.Key, given[member.Key]) : member))
            : Adopted(traits, config, resources, context) is { } id ? With(computed, "id", Value.Of(id)) : computed;

        var lookup = new ResourceLookup(
            (name, attribute) => Named(resources, name, attribute),
            (attribute, by, name) => present is not null
                && long.TryParse((present.Values[attribute] as Value.Number)?.Digits ?? present.Values[attribute].AsText, out var last) ? last + 1
                : by is "" ? 1
                : 1 + resources.Concat(cloud.Past).Count(other => other.Type == type && other.Account == context.Account && other.Values[by].AsText == name));

        for (var attempt = 0; ; attempt++)
        {
            var seed = $"{context.Account}/{context.Region}/{config.Canonical()}/{attempt}";
            var (values, issued) = new Believable(type, block, traits, context, seed, start, clock.GetUtcNow(), lookup).Fill();
            var candidate = new CloudResource(
                present?.Key ?? Guid.CreateVersion7().ToString(), schema.Address, type, context.Account, values["region"].AsText ?? "", values,
                [.. (present?.Issued ?? []).Concat(issued).Concat(values["id"].AsText is { } own ? [own] : []).Distinct()]);
            CloudResource[] others = [
                .. resources.Where(
                    other => other.Key != candidate.Key && other.Type == type && other.Account == candidate.Account && other.Region == candidate.Region)
            ];
            var taken = traits.Unique is not [] && others.Any(other => traits.Unique.All(argument => other.Values[argument] == values[argument]));

            if (taken && traits.Unique.All(argument => start[argument] == values[argument]))
            {
                throw new RefusalException(
                    $"{type} {string.Join(", ", traits.Unique.Select(argument => values[argument].AsText).OfType<string>())} exists already",
                    $"In account {context.Account} ({context.Region}) {string.Join(" and ", traits.Unique)} must be unique for {type}. Give it another " +
                    "name, or import the one that is there.",
                    [traits.Unique[0]]);
            }

            var idIsTaken = start["id"].IsUnknown
                && Identity.IsId(values["id"].AsText ?? "")
                && others.Any(other => other.Id == candidate.Id && traits.DefaultOf is null);

            if (present is not null || !(taken || idIsTaken))
            {
                return candidate;
            }
        }
    }

    /// <exception cref="RefusalException">There is no such resource.</exception>
    public CloudResource Import(string type, string id, ProviderContext context) =>
        cloud.Resources()
            .FirstOrDefault(resource => IsHere(resource, type, context) && (resource.Id == id || resource.Arn == id || resource.Values["name"].AsText == id))
        ?? throw new RefusalException(
            "Cannot import non-existent remote object",
            $"No {type} in the simulated account {context.Account} ({context.Region}) has the id, ARN or name {id}.");

    /// <summary>Answers a data source: computed where it can be, otherwise from what was applied.</summary>
    /// <exception cref="RefusalException">Nothing fits.</exception>
    public Value ReadData(string type, Block block, Value config, ProviderContext context)
    {
        // What is declared for a run comes before what would be made up or refused.
        if (Lookup.Given(type, block, config, cloud.Resources(), context) is { } given)
        {
            var values = Complete(type, block, config, given.Values, context);
            Issue(given, values);

            return values;
        }

        var found = ComputedData.TryGet(type, out var answer) && answer(config, context) is { } computed ? computed
            // Facts of AWS itself: nothing applied could tell them.
            : schema.Facts.Contains(type) ? Value.Object()
            : Lookup.Find(type, block, config, cloud.Resources(), context, table.Of(type).AsksFor);

        return Complete(type, block, config, found, context);
    }

    // What a declaration leaves open is made up, and is the resource's from then on: others may refer to it.
    private void Issue(CloudResource given, Value values)
    {
        bool IsIdentity(string name) =>
            name is "id" or "arn" || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_arn", StringComparison.Ordinal);

        var identities = ((Value.Mapping)values).Members
            .Where(member => member.Value is Value.Text && IsIdentity(member.Key))
            .Where(member => !given.Issued.Contains(member.Value.AsText!))
            .ToArray();

        if (identities is not [])
        {
            cloud.Change(_ => (
                given with
                {
                    Values = Value.Object(((Value.Mapping)given.Values).Members.Concat(identities).DistinctBy(member => member.Key)),
                    Issued = [.. given.Issued, .. identities.Select(member => member.Value.AsText!).Distinct()],
                },
                null));
        }
    }

    /// <summary>Opens an ephemeral resource: as a data source where there is one alike, otherwise with values made for the moment.</summary>
    /// <exception cref="RefusalException">Nothing fits.</exception>
    public Value Open(string type, Block block, Value config, ProviderContext context) =>
        ComputedResources.TryGet(type, clock, out var make) ? Complete(type, block, config, make(config, context), context)
        : schema.Data.ContainsKey(type) || schema.Resources.ContainsKey(type) ? ReadData(type, block, config, context)
        : Complete(type, block, config, Value.Object(), context);

    // The arguments as they were asked, what was found, and for the rest what the cloud would say.
    private Value Complete(string type, Block block, Value config, Value found, ProviderContext context)
    {
        var merged = Value.Object(block.Type.Attributes.Keys.Select(name => KeyValuePair.Create(name, Pick(name))));

        return new Believable(type, block, TypeTraits.None, context, merged.Canonical(), merged.Conform(block.Type), clock.GetUtcNow()).Fill().Values;

        Value Pick(string name) => config[name] is { IsNull: false } asked and not Value.Sequence { Contents.Count: 0 } ? asked
            : found[name] is { IsNull: false } value ? value
            : block.Blocks.ContainsKey(name) ? config[name]
            : block.Attributes[name].Computed ? (found is Value.Mapping mapping && mapping.Members.ContainsKey(name) ? Value.Null : Value.Unknown)
            : Value.Null;
    }

    // What is still unknown and can be computed for real.
    private Value Computed(string type, Value planned, ProviderContext context)
    {
        if (!ComputedResources.TryGet(type, clock, out var make))
        {
            return planned;
        }

        var made = make(planned, context);

        return Value.Object(
            ((Value.Mapping)planned).Members.Select(
                member => member.Value.IsUnknown && made is Value.Mapping known && known.Members.TryGetValue(member.Key, out var value)
            ? KeyValuePair.Create(member.Key, value)
            : member));
    }

    // The attribute of the resource that goes by an id, an ARN, or else a name.
    private static Value Named(IReadOnlyCollection<CloudResource> resources, string name, string attribute)
    {
        var known = resources.Where(resource => !resource.Values[attribute].IsNull);
        var named = known.FirstOrDefault(resource => resource.Id == name || resource.Arn == name)
            ?? known.FirstOrDefault(resource => resource.Values["name"].AsText == name || resource.Values["identifier"].AsText == name);

        return named?.Values[attribute] ?? Value.Null;
    }

    // What every account has: such a resource adopts it.
    private static Value? Given(string type, Value config, ProviderContext context) => type is not ("aws_default_vpc" or "aws_default_subnet")
        ? null
        : DefaultNetwork.Of(context.Account, config["region"].AsText ?? context.Region, context.Partition).FirstOrDefault(resource =>
            resource.Type == type.Replace("default_", "", StringComparison.Ordinal)
            && (type is "aws_default_vpc" || resource.Values["availability_zone"] == config["availability_zone"]))?.Values;

    private static string? Adopted(TypeTraits traits, Value config, IReadOnlyCollection<CloudResource> resources, ProviderContext context) =>
        traits.DefaultOf is not { } adoption
        ? null
        : resources.Concat(DefaultNetwork.Of(context.Account, config["region"].AsText ?? context.Region, context.Partition))
        .FirstOrDefault(resource => resource.Type == adoption.Type && resource.Id == config[adoption.By].AsText)?.Values[adoption.Attribute].AsText
        ?? config[adoption.By].AsText;

    private static Value With(Value values, string name, Value value) =>
        Value.Object(
            ((Value.Mapping)values).Members.Select(member => member.Key == name && member.Value.IsUnknown ? KeyValuePair.Create(name, value) : member));

    private bool IsHere(CloudResource resource, string type, ProviderContext context) =>
        resource.Type == type
            && resource.Provider == schema.Address
            && resource.Account == context.Account
            && (resource.Region is "" || resource.Region == context.Region);
}
