namespace Causeway.Provider.Rules;

/// <summary>What a rule demands.</summary>
internal enum RuleCheck
{
    /// <summary>At most one of the arguments is set.</summary>
    Conflicts,

    /// <summary>One of the arguments is set, and only one.</summary>
    ExactlyOneOf,

    /// <summary>One or more of the arguments are set.</summary>
    AtLeastOneOf,

    /// <summary>All of the arguments are set, or none.</summary>
    Together,

    /// <summary>Each of the arguments, or its default, is set and not false.</summary>
    Requires,

    /// <summary>None of the arguments is set.</summary>
    Forbids,

    /// <summary>The numbers do not fall from one argument to the next.</summary>
    Ascending,

    /// <summary>No value occurs twice.</summary>
    Distinct,

    /// <summary>The text matches a regular expression.</summary>
    Matches,

    /// <summary>The text, number or boolean is one of a list.</summary>
    OneOf,

    /// <summary>The number lies within bounds.</summary>
    Range,

    /// <summary>The length of the text, or the number of items, lies within bounds.</summary>
    Length,

    /// <summary>The prefix length of the network lies within bounds.</summary>
    Bits,

    /// <summary>The values are among those of other arguments.</summary>
    Among,

    /// <summary>The values are those of other arguments: none more, none less.</summary>
    SameAs,
}
