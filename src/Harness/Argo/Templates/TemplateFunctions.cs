namespace Causeway.Harness.Argo.Templates;

/// <summary>
/// The functions of Go templates that Argo CD and Helm both have, with the same result. Argo CD has those of Go and of Sprig 3, without what reads its own
/// environment, and a few more: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/GoTemplate/. Helm here has Sprig 3.2.
/// </summary>
internal static class TemplateFunctions
{
    private static readonly HashSet<string> Shared = Words(
        """
        and call html index slice js len not or print printf println urlquery eq ge gt le lt ne
        abbrev abbrevboth trunc trim upper lower title untitle substr repeat trimall trimAll trimSuffix trimPrefix nospace initials swapcase
        snakecase camelcase kebabcase wrap wrapWith contains hasPrefix hasSuffix quote squote cat indent nindent replace plural toString
        sha1sum sha256sum adler32sum atoi int64 int float64 seq toDecimal split splitList splitn toStrings until untilStep
        add1 add sub div mod mul add1f addf subf divf mulf biggest max min maxf minf ceil floor round join sortAlpha
        default empty coalesce all any compact mustCompact fromJson toJson toPrettyJson toRawJson mustFromJson mustToJson mustToPrettyJson
        mustToRawJson ternary deepCopy mustDeepCopy typeOf typeIs typeIsLike kindOf kindIs deepEqual base dir clean ext isAbs
        b64enc b64dec b32enc b32dec tuple list dict get set unset hasKey pluck keys pick omit merge mergeOverwrite mustMerge
        mustMergeOverwrite values append mustAppend push mustPush prepend mustPrepend first mustFirst rest mustRest last mustLast
        initial mustInitial reverse mustReverse uniq mustUniq without mustWithout has mustHas concat dig chunk mustChunk mustSlice
        semver semverCompare fail regexMatch mustRegexMatch regexFindAll mustRegexFindAll regexFind mustRegexFind regexReplaceAll
        mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit mustRegexSplit regexQuoteMeta urlParse urlJoin
        toYaml fromYaml fromYamlArray
        """);

    private static readonly HashSet<string> Removed = Words("env expandenv getHostByName");

    private static readonly HashSet<string> OfArgoAlone = Words("normalize slugify sha512sum");

    private static readonly HashSet<string> OfHelmAlone = Words("include tpl required lookup toToml fromJsonArray");

    private static readonly HashSet<string> Different = Words(
        """
        now date date_in_zone date_modify dateInZone dateModify must_date_modify mustDateModify ago duration durationRound htmlDate htmlDateInZone
        toDate mustToDate unixEpoch randAlphaNum randAlpha randAscii randNumeric randInt randBytes shuffle uuidv4 bcrypt htpasswd genPrivateKey
        derivePassword buildCustomCert genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey
        encryptAES decryptAES
        """);

    /// <summary>Why a function cannot be used; null where it can.</summary>
    public static string? Problem(string name) =>
        Shared.Contains(name) ? null
        : Removed.Contains(name) ? $"{name} was taken out of Argo CD, since it reads the controller's own surroundings"
        : OfHelmAlone.Contains(name) ? $"{name} is a function of Helm's that Argo CD has not"
        : OfArgoAlone.Contains(name) ? $"{name} is a function of Argo CD's that Helm, which evaluates templates here, has not"
        : Different.Contains(name) ? $"{name} gives another result each time, or another on each machine"
        : $"{name} is not a function of Go's templates or of Sprig";

    private static HashSet<string> Words(string text) => [.. text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
