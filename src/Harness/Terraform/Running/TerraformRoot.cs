using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.ModuleSources;

namespace Causeway.Harness.Terraform.Running;

/// <summary>
/// A Terraform root in a working copy: initialised when first needed, and destroyed when disposed of if anything was applied.
/// By default it runs against a simulated cloud, without credential, network or download.
/// </summary>
public sealed partial class TerraformRoot : IAsyncDisposable
{
    internal const string Override = "causeway_override.tf";

    private static readonly string[] StateList = ["state", "list"];

    private readonly Repository repository;
    private readonly WorkingCopy copy;
    private readonly CopyUse use;
    private readonly string original;
    private readonly Ledger ledger;
    private readonly RootState state;
    private readonly List<string> imported = [];
    private TerraformOptions options;
    private PreparedRoot? prepared;
    private int plans;

    private TerraformRoot(
        Repository repository,
        WorkingCopy copy,
        CopyUse use,
        string original,
        TerraformOptions options,
        string? id = null,
        RootState.Phase phase = RootState.Phase.Clean)
    {
        (this.repository, this.copy, this.use, this.original) = (repository, copy, use, original);
        Id = id ?? $"{Path.GetFileName(copy.Folder)}-{Guid.NewGuid().ToString("N")[..8]}";
        this.options = options with
        {
            Cloud = options.Cloud ?? Path.Combine(copy.Folder, "cloud.jsonl"),
            State = options.State is null ? null : Path.GetFullPath(options.State),
        };
        ledger = new Ledger(repository);
        state = new RootState(ledger, Id, phase);
    }

    // How a root stands to its working copy.
    private enum CopyUse
    {
        /// <summary>The copy is its own and goes with it.</summary>
        Own,

        /// <summary>Other roots have the same copy, and see the same simulated cloud.</summary>
        Shared,

        /// <summary>A killed process left the copy, and other roots of it are still to be destroyed.</summary>
        LeftWithOthers,
    }

    /// <summary>Name of this root in the ledger.</summary>
    public string Id { get; }

    /// <summary>The root's folder in the working copy.</summary>
    public string Folder => copy.PathOf(original);

    /// <summary>The root as a reader knows it: relative to the repository, if it is in it.</summary>
    public string Name => original.StartsWith(repository.Root + '/', StringComparison.Ordinal) ? Path.GetRelativePath(repository.Root, original) : original;

    /// <summary>The simulated cloud's file.</summary>
    public string Cloud => options.Cloud!;

    /// <summary>What a reader should know about providers and modules, once it is initialised.</summary>
    public IReadOnlyList<string> Notes => prepared?.Installation?.Notes ?? [];

    // The simulated cloud and the state go with the copy, and no other root sees them: what is in them need not be destroyed.
    private bool IsContained => !options.Real && use is not CopyUse.Shared && LiesInCopy(Cloud) && (options.State is null || LiesInCopy(options.State));

    private string Own => OwnFolder(copy.Folder, Id);

    /// <summary>What Terraform keeps for one root of a copy, beside the copied files.</summary>
    internal static string OwnFolder(string copy, string id) => Path.Combine(copy, "roots", id);

    /// <summary>Copies a root and what it reaches. Nothing runs yet.</summary>
    /// <param name="root">The folder, absolute or relative to the repository.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static async Task<TerraformRoot> CopyAsync(string root, TerraformOptions options, CancellationToken stop)
    {
        var repository = Repository.Find();
        var original = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root, repository.Root));

        return new(repository, await WorkingCopy.CreateAsync(repository, original, withLockFile: options.Real, stop), CopyUse.Own, original, options);
    }

    /// <inheritdoc cref="CopyAsync(string, TerraformOptions, CancellationToken)"/>
    public static Task<TerraformRoot> CopyAsync(string root, CancellationToken stop) => CopyAsync(root, new TerraformOptions(), stop);

    /// <summary>One of several roots of a working copy; disposing of it leaves the copy.</summary>
    public static TerraformRoot In(Repository repository, WorkingCopy copy, string root, TerraformOptions options) =>
        new(repository, copy, CopyUse.Shared, root, options);

    /// <summary>What a ledger entry speaks of.</summary>
    internal static TerraformRoot Of(Repository repository, LedgerEntry entry) =>
        new(
            repository,
            WorkingCopy.Existing(entry.Copy, entry.Origin),
            HasOthers(repository, entry) ? CopyUse.LeftWithOthers : CopyUse.Own,
            entry.Root,
            entry.Options,
            entry.Id,
            RootState.Phase.Applied);

    /// <summary><c>terraform init</c>. Every other method does it first, where it was not done.</summary>
    /// <exception cref="TerraformException">A provider or module is missing, or the configuration cannot be read.</exception>
    public async Task InitAsync(CancellationToken stop)
    {
        var terraform = await PrepareAsync(stop);
        string[] backend = StateFile is { } state ? [$"-backend-config=path={state}"] : [.. Backend()];
        await terraform.RunAsync(["init", "-json", "-input=false", "-reconfigure", .. TestDirectory(), .. backend], stop);
        await File.WriteAllTextAsync(Path.Combine(Own, "initialised"), "", stop);
    }

    /// <summary>Moves the state from <see cref="TerraformOptions.FirstState"/> to the backend, which can be reached by now, and deletes the file.</summary>
    /// <exception cref="TerraformException">The backend refuses it; the file is as it was.</exception>
    public async Task MoveStateAsync(CancellationToken stop)
    {
        var first = options.FirstState ?? throw new InvalidOperationException($"{Name}: the state lies in its backend already.");
        var terraform = await ReadyAsync(stop);
        File.Delete(Path.Combine(Folder, Override));
        await terraform.RunAsync(["init", "-no-color", "-input=false", "-migrate-state", "-force-copy", .. Backend()], stop);
        options = options with { FirstState = null };
        File.Delete(first);
        File.Delete($"{first}.backup");
    }

    /// <summary><c>terraform validate</c>: every complaint, warnings included; none is an error here.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ValidateAsync(CancellationToken stop)
    {
        var result = await (await ReadyAsync(stop)).TryRunAsync(["validate", "-json"], stop);

        return Diagnostic.ParseAll(result.Output);
    }

    /// <summary>What an apply would do now.</summary>
    /// <exception cref="TerraformException">Terraform refused; every error with file and line.</exception>
    public async Task<Plan> PlanAsync(CancellationToken stop, PlanScope? scope = null)
    {
        var terraform = await ReadyAsync(stop);
        var file = Path.Combine(Own, $"{++plans}.tfplan");
        await terraform.RunAsync(["plan", "-json", "-input=false", $"-out={file}", .. Inputs(), .. (scope ?? new()).Arguments()], stop);

        return await ReadAsync(file, stop);
    }

    /// <summary>What an apply would do now, or null: nothing. That costs less than to read a plan that says so.</summary>
    /// <exception cref="TerraformException">Terraform refused; every error with file and line.</exception>
    public async Task<Plan?> PlanIfChangedAsync(CancellationToken stop)
    {
        var terraform = await ReadyAsync(stop);
        var file = Path.Combine(Own, $"{++plans}.tfplan");
        string[] arguments = ["plan", "-json", "-input=false", "-detailed-exitcode", $"-out={file}", .. Inputs(), .. new PlanScope().Arguments()];
        var result = await terraform.TryRunAsync(arguments, stop);

        // https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode
        return result.ExitCode switch
        {
            0 => null,
            2 => await ReadAsync(file, stop),
            _ => throw terraform.Refused(arguments, result),
        };
    }

    /// <summary>Applies a plan of this root, or what a plan made now says. An entry in the ledger precedes it, unless what is applied lasts.</summary>
    /// <exception cref="TerraformException">Terraform or the provider refused; what was created until then is in the state and will be destroyed.</exception>
    public async Task ApplyAsync(CancellationToken stop, Plan? plan = null, PlanScope? scope = null)
    {
        var terraform = await ReadyAsync(stop);
        RefusePrograms("apply");
        string[] what = plan?.File is { } file ? [file] : [.. Inputs(), .. (scope ?? new()).Arguments()];
        state.Begin(options.Lasts ? null : () => new LedgerEntry(
            Id,
            original,
            copy.Folder,
            copy.Origin,
            options with { OnLine = null, OnProgress = null },
            ProcessIdentity.Own,
            TimeProvider.System.GetUtcNow()));
        await terraform.RunAsync(["apply", "-json", "-input=false", "-auto-approve", .. what], stop);
        state.Applied();
    }

    /// <summary>The outputs of the root as the state has them.</summary>
    public async Task<IReadOnlyDictionary<string, OutputValue>> OutputAsync(CancellationToken stop)
    {
        var result = await (await QuietAsync(stop)).RunAsync(["output", "-json"], stop);

        return JsonNode.Parse(result.Output)!.AsObject()
            .ToDictionary(pair => pair.Key, pair => new OutputValue(pair.Key, pair.Value!["value"], (bool?)pair.Value["sensitive"] ?? false));
    }

    /// <summary>The state.</summary>
    public async Task<State> StateAsync(CancellationToken stop)
    {
        var result = await (await QuietAsync(stop)).RunAsync(["show", "-json"], stop);

        return State.Parse(JsonNode.Parse(result.Output)!.AsObject());
    }

    /// <summary>Addresses of the resources that the state has; data sources are not among them. That costs less than to read the state.</summary>
    /// <exception cref="TerraformException">The state cannot be read.</exception>
    public async Task<IReadOnlyList<string>> ManagedAsync(CancellationToken stop)
    {
        var listed = await (await QuietAsync(stop)).TryRunAsync(StateList, stop);

        return listed.ExitCode == 0 ? [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(address => !DataSource().IsMatch(address))]
            : HasNoState(listed) ? []
            : throw (await QuietAsync(stop)).Refused(StateList, listed);
    }

    /// <summary>Takes over an object that exists. In a real run it is let go of again, not destroyed, when this root is disposed of.</summary>
    /// <exception cref="TerraformException">There is no such object, or it is in the state already.</exception>
    public async Task ImportAsync(string address, string id, CancellationToken stop)
    {
        await (await ReadyAsync(stop)).RunAsync(["import", "-no-color", "-input=false", "-lock-timeout=60s", .. Inputs(), address, id], stop);
        imported.Add(address);
    }

    /// <summary>Runs the root's <c>*.tftest.hcl</c> files.</summary>
    /// <returns>Every run block with how it went; a failed one is not an error here.</returns>
    /// <exception cref="TerraformException">Terraform could not run them.</exception>
    public async Task<IReadOnlyList<TestRun>> TestAsync(CancellationToken stop, params IReadOnlyList<string> files)
    {
        if (TestFiles.In(Folder).Any(TestFiles.Applies))
        {
            RefusePrograms("test");
        }

        string[] arguments = ["test", "-json", .. TestDirectory(), .. Inputs(), .. files.Select(file => $"-filter={file}")];
        var terraform = await ReadyAsync(stop);
        var result = await terraform.TryRunAsync(arguments, stop);
        var runs = TestRun.ParseAll(result.Output);

        return result.ExitCode == 0 || runs.Any(run => run.Status is "fail" or "error") ? runs : throw terraform.Refused(arguments, result);
    }

    /// <summary>Any command, with Terraform's own output on our own streams. Returns its exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var terraform = await PrepareAsync(stop);

        var command = arguments.FirstOrDefault(argument => !argument.StartsWith('-'));

        if (command is "apply" || (command is "test" && TestFiles.In(Folder).Any(TestFiles.Applies)))
        {
            RefusePrograms(command);
        }

        return (await terraform.TryRunAsync(arguments, stop, inherits: true)).ExitCode;
    }

    /// <summary>Destroys everything the state has, and takes the root out of the ledger.</summary>
    /// <exception cref="TerraformException">Something could not be destroyed; the ledger keeps the root.</exception>
    public async Task DestroyAsync(CancellationToken stop, PlanScope? scope = null)
    {
        var terraform = await ReadyAsync(stop);
        state.Begin();

        try
        {
            await terraform.RunAsync(
                ["destroy", "-json", "-input=false", "-auto-approve", .. Inputs(), .. (scope ?? new()).Arguments()], stop);
        }
        catch (TerraformException refusal) when (Protected(refusal) is not "" and var addresses)
        {
            throw new TerraformException(
                "destroy", Name, refusal.Diagnostics, "", $"protected: {addresses}; remove the lifecycle rule to see the whole lifecycle.");
        }

        if (scope is null or { Targets: [] })
        {
            state.Released();
        }
        else
        {
            state.Applied();
        }
    }

    /// <summary>The state lies in <see cref="TerraformOptions.FirstState"/> as yet.</summary>
    public bool HasFirstState => options.FirstState is not null;

    /// <summary>A plan of this root would destroy the bucket that its own state lies in.</summary>
    public bool LosesItsState(Plan plan) => plan.Changes.Any(change =>
        change is { Kind: ChangeKind.Delete, Type: "aws_s3_bucket" } && options.BackendConfig.Contains($"bucket={(string?)change.Before?["bucket"]}"));

    /// <summary>What was applied stays: clearing state and cloud is the caller's task from here on.</summary>
    public void Disown() => state.Released();

    /// <summary>
    /// Destroys what was applied, then deletes the working copy. Where the destroy fails, copy and ledger entry stay for the janitor; but what is simulated,
    /// and lies in the copy, goes with it.
    /// After an apply or destroy that failed it throws nothing, so that the caller hears of that failure and of no other.
    /// </summary>
    /// <exception cref="TerraformException">Something could not be destroyed that outlives the copy; the ledger keeps the root.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (state.IsApplied && await EndAsync(CancellationToken.None) is { } left)
            {
                options.OnLine?.Invoke($"{Name}: {left}");
            }
        }
        catch (Exception second) when (state.HasFailed)
        {
            options.OnLine?.Invoke(
                $"{Name}: what was applied could not be destroyed either, and is tried again next time ({ledger.PathOf(Id)}): {second.Message}");
        }
        finally
        {
            if (prepared is not null)
            {
                await prepared.DisposeAsync();
            }

            if (use is CopyUse.Own && !state.IsApplied)
            {
                copy.Dispose();
            }
        }
    }

    private string? StateFile => PreparedRoot.StateFile(options, Folder, Own);

    /// <summary>The configuration says itself where its state lies.</summary>
    public bool HasBackend => PreparedRoot.HasBackend(Folder);

    /// <summary>
    /// Destroys what was applied and is this root's to destroy, if there is anything. What goes with the copy is only destroyed where that may do something
    /// beyond it.
    /// </summary>
    /// <returns>What went with the copy although its destroy failed, or null.</returns>
    /// <exception cref="TerraformException">Something could not be destroyed that outlives the copy; the ledger keeps the root.</exception>
    internal async Task<string?> EndAsync(CancellationToken stop)
    {
        string? left = null;

        if (!IsContained)
        {
            await EndWhatIsThereAsync(stop);
        }
        else if (HasProvisioners())
        {
            try
            {
                await EndWhatIsThereAsync(stop);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                left = $"the simulated cloud is deleted, but the provisioners did not do all they should have: {error.Message}";
            }
        }

        Disown();

        return left;
    }

    private async Task EndWhatIsThereAsync(CancellationToken stop)
    {
        if (!await IsEmptyAsync(stop))
        {
            await LetGoAsync(stop);
            await DestroyAsync(stop);
        }
    }

    // Asks the state alone: an apply that was refused may have left a configuration that no destroy could read, and nothing to destroy.
    // A state of no bytes is what Terraform makes before the first resource is there; it cannot read it itself.
    private async Task<bool> IsEmptyAsync(CancellationToken stop) =>
        LocalState is { Exists: true, Length: 0 }
        || (await (await ReadyAsync(stop)).TryRunAsync(StateList, stop)) is var listed
        && (listed.ExitCode == 0 ? listed.Output.Trim() is "" : HasNoState(listed));

    private static bool HasNoState(CommandResult listed) => listed.Error.Contains("No state file was found", StringComparison.Ordinal);

    private FileInfo? LocalState => StateFile is { } file ? new(file) : HasBackend ? null : new(Path.Combine(Folder, "terraform.tfstate"));

    private async Task<Plan> ReadAsync(string file, CancellationToken stop)
    {
        var shown = await (await QuietAsync(stop)).RunAsync(["show", "-json", file], stop);

        return Plan.Parse(JsonNode.Parse(shown.Output)!.AsObject(), file) with { Folder = Folder };
    }

    // A program that runs at a resource's end may touch anything. More is found than there is, never less: a comment counts.
    private bool HasProvisioners() =>
        Reached()
            .SelectMany(folder => Directory.EnumerateFiles(folder))
            .Where(file => file.EndsWith(".tf", StringComparison.Ordinal) || file.EndsWith(".tf.json", StringComparison.Ordinal))
            .Any(file => File.ReadAllText(file).Contains("provisioner", StringComparison.Ordinal));

    private bool LiesInCopy(string file) => file.StartsWith(copy.Folder + '/', StringComparison.Ordinal);

    // Terraform gives no address beside the text. It names one resource after the other.
    private static string Protected(TerraformException refusal)
    {
        var addresses = refusal.Diagnostics
            .Select(diagnostic => PreventDestroy().Match(diagnostic.Detail))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

        return string.Join(", ", addresses.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^Resource (.+) has lifecycle\.prevent_destroy set")]
    private static partial Regex PreventDestroy();

    // An address in a module has the module's before it; an index may hold anything.
    [GeneratedRegex("""^(module\.[^.[]+(\[("(\\.|[^"\\])*"|[0-9]+)\])?\.)*data\.""")]
    private static partial Regex DataSource();

    // An imported object was there before us: it is only destroyed where it is simulated.
    private async Task LetGoAsync(CancellationToken stop)
    {
        if (options.Real && imported is not [])
        {
            await (await ReadyAsync(stop)).RunAsync(["state", "rm", .. imported], stop);
        }
    }

    private async Task<TerraformProgram> ReadyAsync(CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(Own, "initialised")))
        {
            await InitAsync(stop);
        }

        return await PrepareAsync(stop);
    }

    private async Task<TerraformProgram> PrepareAsync(CancellationToken stop) =>
        (prepared ??= await PreparedRoot.CreateAsync(repository, Folder, Own, original, Name, options, stop)).Program(options);

    private async Task<TerraformProgram> QuietAsync(CancellationToken stop)
    {
        await ReadyAsync(stop);

        return prepared!.Program(options with { OnLine = null });
    }

    /// <summary>Refuses to start the configuration's own programs, unless they are allowed. A plan starts none.</summary>
    /// <param name="command">What would start them.</param>
    /// <exception cref="TerraformException">The configuration has such programs; each is named with its place.</exception>
    private void RefusePrograms(string command)
    {
        if (options.Real || options.AllowPrograms || LocalProgram.In(Reached()) is not { Count: > 0 } programs)
        {
            return;
        }

        throw new TerraformException(
            command,
            Name,
            [
                .. programs.Select(program => new Diagnostic(
                    "error",
                    "A hermetic run starts no programs",
                    $"local-exec would run on this machine: {program.Command}",
                    Path.GetRelativePath(Folder, program.File),
                    program.Line,
                    program.Resource))
            ],
            "",
            "Nothing was applied. A plan alone starts no program. Add --allow-programs to start them, " +
            "with all that they may do on this machine and its network.");
    }

    private IEnumerable<string> Reached() =>
        ModuleTree.Of(Folder, new ModuleFolders(Folder, options.Modules) { Beside = original }.Find).Folders.Where(Directory.Exists);

    private IEnumerable<string> Backend() => options.Real ? options.BackendConfig.Select(setting => $"-backend-config={setting}") : [];

    private IEnumerable<string> TestDirectory() => TestFiles.Directory(Folder) is { } folder ? [$"-test-directory={folder}"] : [];

    private IEnumerable<string> Inputs() =>
    [
        .. options.VariableFiles.Select(file => $"-var-file={(Path.IsPathRooted(file) ? file : Path.Combine(Folder, file))}"),
        .. options.Variables.Select(pair => $"-var={pair.Key}={Expression(pair.Value)}"),
    ];

    private static string Expression(object? value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => JsonSerializer.Serialize(value).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal),
    };

    private static bool HasOthers(Repository repository, LedgerEntry entry) =>
        new Ledger(repository).Entries().Any(other => other.Copy == entry.Copy && other.Id != entry.Id);
}
