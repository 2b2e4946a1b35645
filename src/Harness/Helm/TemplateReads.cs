using System.Globalization;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Helm;

/// <summary>One field that a template reads of a chart's values through a variable, the dot or an argument.</summary>
/// <param name="File">The template's name below <c>templates/</c>.</param>
/// <param name="At">Where the field's name begins in its text.</param>
/// <param name="Paths">What it may be, as paths in the values; <c>*</c> is any entry of a map or a list.</param>
internal sealed record FollowedRead(string File, int At, IReadOnlyList<string> Paths);

/// <summary>One key that a template reads of a map that it was given as its argument, or that stands in a variable.</summary>
/// <param name="Keys">What the map has, wherever the template is included.</param>
internal sealed record ArgumentRead(string File, int At, string Name, IReadOnlyList<string> Keys);

/// <summary>
/// Follows a chart's values through its templates: assignments, <c>range</c>, <c>with</c>, and <c>include</c> with what it is given. Nothing is rendered, both
/// branches of an <c>if</c> are followed, and what a function makes of values is not known, unless the function hands one of its arguments on.
/// </summary>
internal sealed partial class TemplateReads
{
    // A value that may be several: of which nothing is known where it is empty.
    private sealed record Value(IReadOnlyList<string> Paths, IReadOnlyDictionary<string, Value>? Fields = null, bool IsRoot = false)
    {
        public static readonly Value Unknown = new([]);

        public static readonly Value Root = new([], IsRoot: true);

        public bool IsKnown => Paths is not [] || Fields is not null || IsRoot;

        /// <summary>The same text for the same value.</summary>
        public string Key => Fields is null
            ? $"{IsRoot}|{string.Join(',', Paths)}"
            : $"map|{string.Join(',', Fields.Select(pair => $"{pair.Key}={{{pair.Value.Key}}}"))}";

        // Of a union it is known only what is known of each part.
        public static Value Either(params Value[] values) =>
            values.Any(value => !value.IsKnown) ? Unknown
            : values.All(value => value is { Fields: null, IsRoot: false }) ? new([.. values.SelectMany(value => value.Paths).Distinct()])
            : values.Select(value => value.Key).Distinct().Count() is 1 ? values[0]
            : Unknown;
    }

    // What else may be empty, so that a default stands for it.
    private static readonly Value Empty = new([], new Dictionary<string, Value>());

    private readonly Dictionary<string, (string File, TemplateAction[] Body)> definitions = [];
    private readonly Dictionary<(string, int), FollowedRead> reads = [];
    private readonly Dictionary<(string, int), ArgumentRead> arguments = [];
    private readonly HashSet<(string, int)> unfollowed = [];
    private readonly HashSet<string> entered = [];

    public TemplateReads(IReadOnlyDictionary<string, string> templates)
    {
        var files = new List<(string File, TemplateAction[] Body)>();

        foreach (var (file, text) in templates)
        {
            files.Add((file, Outside(file, [.. TemplateText.Actions(text)])));
        }

        foreach (var (file, body) in files)
        {
            Run(file, body, Value.Root);
        }

        // What nothing includes is given what is not known.
        var included = entered.Select(key => key.Split('|')[0]).ToHashSet();

        foreach (var (file, body) in definitions.Where(definition => !included.Contains(definition.Key)).Select(definition => definition.Value).ToArray())
        {
            Run(file, body, Value.Unknown);
        }
    }

    public IReadOnlyList<FollowedRead> Reads => [.. reads.Values];

    /// <summary>Every key that is read of a map that the templates themselves put together.</summary>
    public IReadOnlyList<ArgumentRead> Arguments => [.. arguments.Values];

    /// <summary>How many fields are read of what could not be followed.</summary>
    public int Unfollowed => unfollowed.Count(place => !reads.ContainsKey(place));

    // Takes the definitions out of a file.
    private TemplateAction[] Outside(string file, TemplateAction[] actions)
    {
        var outside = new List<TemplateAction>();

        for (var at = 0; at < actions.Length; at++)
        {
            if (actions[at] is { Keyword: "define", Tokens: [{ Literal: { } name }, ..] })
            {
                var end = EndOf(actions, at);
                definitions[name] = (file, actions[(at + 1)..end]);
                at = end;
            }
            else
            {
                outside.Add(actions[at]);
            }
        }

        return [.. outside];
    }

    private static int EndOf(TemplateAction[] actions, int start)
    {
        var depth = 0;

        for (var at = start; at < actions.Length; at++)
        {
            depth += actions[at].Keyword switch { "if" or "range" or "with" or "define" or "block" => 1, "end" => -1, _ => 0 };

            if (depth is 0)
            {
                return at;
            }
        }

        return actions.Length - 1;
    }

    private void Run(string file, TemplateAction[] body, Value dot) =>
        Block(new Scope(file, dot, new Dictionary<string, Value> { ["$"] = dot }), body);

    private void Block(Scope scope, TemplateAction[] body)
    {
        for (var at = 0; at < body.Length; at++)
        {
            var action = body[at];

            if (action.Keyword is not ("if" or "range" or "with" or "block"))
            {
                Simple(scope, action.Tokens);
                continue;
            }

            var end = EndOf(body, at);
            var branches = Branches(body[at..(end + 1)]);

            foreach (var (head, inner) in branches)
            {
                Block(Enter(scope, head), inner);
            }

            at = end;
        }
    }

    // The first action and each `else`, with what follows up to the next.
    private static List<(TemplateAction Head, TemplateAction[] Inner)> Branches(TemplateAction[] block)
    {
        var (branches, start, depth) = (new List<(TemplateAction, TemplateAction[])>(), 0, 0);

        for (var at = 0; at < block.Length; at++)
        {
            depth += block[at].Keyword switch { "if" or "range" or "with" or "block" => 1, "end" => -1, _ => 0 };

            if (depth is 0 || (depth is 1 && block[at].Keyword is "else"))
            {
                branches.Add((block[start], block[(start + 1)..at]));
                start = at;
            }
        }

        return branches;
    }

    private Scope Enter(Scope outer, TemplateAction head)
    {
        var (scope, keyword, tokens) = (outer.Inner(), head.Keyword, head.Tokens);

        if (keyword is "else" && tokens is [{ Text: "if" or "with" } word, ..])
        {
            (keyword, tokens) = (word.Text, [.. tokens.Skip(1)]);
        }

        var assigned = tokens.TakeWhile(token => token.Text is not (":=" or "=")).ToArray();
        string[] names = assigned.Length < tokens.Count ? [.. assigned.Select(token => token.Text).Where(text => text is ['$', ..])] : [];
        var value = Pipeline(scope, names is [] ? tokens : [.. tokens.Skip(assigned.Length + 1)]);
        var entry = keyword is "range" ? Field(value, "*") : value;

        foreach (var (index, name) in names.Index())
        {
            scope.Variables[name] = index == names.Length - 1 ? entry : Value.Unknown;
        }

        return keyword is "range" or "with" ? scope with { Dot = entry } : scope;
    }

    private void Simple(Scope scope, IReadOnlyList<TemplateToken> tokens)
    {
        if (tokens is [{ Text: ['$', ..] name }, { Text: ":=" or "=" } sign, ..])
        {
            var value = Pipeline(scope, [.. tokens.Skip(2)]);

            // What is assigned once more in a branch may be either afterwards.
            scope.Assign(name, value, isNew: sign.Text is ":=");

            return;
        }

        Pipeline(scope, tokens);
    }

    // Commands, each given the one before as its last argument.
    private Value Pipeline(Scope scope, IReadOnlyList<TemplateToken> tokens)
    {
        Value? before = null;

        foreach (var command in Split(tokens))
        {
            before = Command(scope, command, before);
        }

        return before ?? Value.Unknown;
    }

    private static IEnumerable<TemplateToken[]> Split(IReadOnlyList<TemplateToken> tokens)
    {
        var (command, depth) = (new List<TemplateToken>(), 0);

        foreach (var token in tokens)
        {
            depth += token.Text switch { "(" => 1, ")" => -1, _ => 0 };

            if (depth is 0 && token.Text is "|")
            {
                yield return [.. command];
                command.Clear();
            }
            else
            {
                command.Add(token);
            }
        }

        yield return [.. command];
    }

    private Value Command(Scope scope, TemplateToken[] tokens, Value? piped)
    {
        var operands = new List<(Value Value, TemplateToken[] Tokens)>();

        for (var at = 0; at < tokens.Length;)
        {
            var start = at;
            var value = Operand(scope, tokens, ref at);
            operands.Add((value, tokens[start..at]));
        }

        if (operands is [] || tokens is not [{ Text: [var letter, ..] } function, ..] || !(char.IsLetter(letter) || letter is '_'))
        {
            return operands is [var only] ? only.Value : Value.Unknown;
        }

        var arguments = operands.Skip(1).ToList();

        if (piped is not null)
        {
            arguments.Add((piped, []));
        }

        return Call(function.Text, arguments);
    }

    private Value Operand(Scope scope, TemplateToken[] tokens, ref int at)
    {
        var token = tokens[at++];
        Value value;

        if (token.Text is "(")
        {
            var (start, depth) = (at, 1);

            for (; at < tokens.Length && depth > 0; at++)
            {
                depth += tokens[at].Text switch { "(" => 1, ")" => -1, _ => 0 };
            }

            value = Pipeline(scope, tokens[start..Math.Max(start, at - 1)]);
        }
        else if (token.Text is ['$', ..])
        {
            value = scope.Variables.GetValueOrDefault(token.Text, Value.Unknown);
        }
        else
        {
            return token.Text is "." ? scope.Dot : token.Text is ['.', ..] ? Fields(scope.File, scope.Dot, token) : Value.Unknown;
        }

        // Only what follows at once is a field of it.
        var end = tokens[at - 1].At + tokens[at - 1].Text.Length;

        return at < tokens.Length && tokens[at].Text is ['.', _, ..] && tokens[at].At == end ? Fields(scope.File, value, tokens[at++]) : value;
    }

    private Value Fields(string file, Value value, TemplateToken token)
    {
        var at = token.At + 1;
        var isDirect = false;

        foreach (var name in token.Text[1..].Split('.'))
        {
            var (known, keys) = (value.IsKnown, value.Fields?.Keys);
            value = Field(value, name);

            if (!known)
            {
                unfollowed.Add((file, at));
            }
            else if (keys is not null)
            {
                var others = arguments.GetValueOrDefault((file, at))?.Keys ?? [];
                arguments[(file, at)] = new(file, at, name, [.. others.Concat(keys).Distinct()]);
            }
            else if (value.Paths is not [] and not [""] && !isDirect)
            {
                var paths = reads.GetValueOrDefault((file, at))?.Paths ?? [];
                reads[(file, at)] = new(file, at, [.. paths.Concat(value.Paths).Distinct()]);
            }

            // What follows is written as it is in the values, and is looked at without all this.
            isDirect |= name is "Values";
            at += name.Length + 1;
        }

        return value;
    }

    private static Value Field(Value value, string name) =>
        value.IsRoot ? name is "Values" ? new([""]) : Value.Unknown
        : value.Fields is not null ? value.Fields.GetValueOrDefault(name, Value.Unknown)
        : new([.. value.Paths.Select(path => path is "" ? name : $"{path}.{name}")]);

    private Value Call(string function, List<(Value Value, TemplateToken[] Tokens)> arguments)
    {
        Value Argument(int at) => at < arguments.Count ? arguments[at].Value : Value.Unknown;

        switch (function)
        {
            case "include" or "template":
                Include(arguments is [{ Tokens: var name }, ..] ? name : [], Argument(1));

                return Value.Unknown;
            case "dict":
                return arguments.Count is 0
                    ? Empty
                    : new([], arguments.Chunk(2)
                        .Where(pair => pair is [{ Tokens: [{ Literal: not null }] }, _])
                        .ToDictionary(pair => pair[0].Tokens[0].Literal!, pair => pair[1].Value));
            case "list" when arguments.Count is 0:
                return Empty;
            case "default":
                return Argument(0).Key == Empty.Key || !Argument(0).IsKnown && arguments[0].Tokens is [{ Text: not ['$' or '.' or '(', ..] }]
                    ? Argument(1)
                    : Value.Either(Argument(0), Argument(1));
            case "required":
                return Argument(1);
            case "deepCopy" or "omit" or "pick":
                return Argument(0);
            case "values":
                return Argument(0);
            case "index" or "get" when arguments.Count is 2:
                return Field(Argument(0), arguments[1].Tokens is [{ Literal: { } field }] ? field : "*");
            default:
                return Value.Unknown;
        }
    }

    // Of a name that is put together, every definition that it may be.
    private void Include(TemplateToken[] name, Value argument)
    {
        var pattern = name switch
        {
            [{ Literal: { } literal }] => $"^{Regex.Escape(literal)}$",
            [{ Text: "(" }, { Text: "printf" }, { Literal: { } format }, ..] => $"^{Regex.Escape(format).Replace("%s", ".+", StringComparison.Ordinal)}$",
            _ => null,
        };

        if (pattern is null)
        {
            return;
        }

        foreach (var (defined, (file, body)) in definitions.Where(definition => Regex.IsMatch(definition.Key, pattern)).ToArray())
        {
            if (entered.Add(string.Create(CultureInfo.InvariantCulture, $"{defined}|{argument.Key}")))
            {
                Run(file, body, argument);
            }
        }
    }

    private sealed record Scope(string File, Value Dot, Dictionary<string, Value> Variables, Scope? Outer = null)
    {
        public Scope Inner() => this with { Variables = new(Variables), Outer = this };

        public void Assign(string name, Value value, bool isNew)
        {
            if (isNew)
            {
                Variables[name] = value;

                return;
            }

            for (var scope = this; scope is not null && scope.Variables.ContainsKey(name); scope = scope.Outer)
            {
                scope.Variables[name] = Value.Either(scope.Variables[name], value);
            }
        }
    }
}
