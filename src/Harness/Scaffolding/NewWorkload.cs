namespace Causeway.Harness.Scaffolding;

/// <summary>
/// The least that a workload consists of, and that every gate lets pass: contract, objectives, one service for each component, unit tests, a transaction, a
/// test against the running platform, and a release in each environment of kind local. Only new files; docs/add-a-workload.md says what each is for.
/// </summary>
public sealed class NewWorkload(Repository repository)
{
    /// <param name="components">The first gets a route from outside.</param>
    /// <returns>The files that were written, relative to the repository.</returns>
    /// <exception cref="UsageException">A name is refused, or something is there already. Nothing is written.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string name, IReadOnlyList<string> components, string owner, CancellationToken stop)
    {
        foreach (var word in components.Append(owner).Prepend(name))
        {
            NewName.Expect(repository, word);
        }

        if (components.GroupBy(component => component).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new UsageException($"{twice.Key} is named twice.", "Give each component a name of its own.");
        }

        if (await NewName.InMachineryAsync(repository, name, stop) is { Count: > 0 } lines)
        {
            throw new UsageException(
                $"{name} is a word that machinery uses: {lines[0]}", "Choose another name: machinery names no workload, and a gate looks for it.");
        }

        string[] folders = [$"services/{name}", $"tests/Integration/{NewName.Pascal(name)}"];

        if (folders.FirstOrDefault(folder => Directory.Exists(repository.PathTo(folder))) is { } present)
        {
            throw new UsageException($"{present} is there already; nothing was written.", "Choose another name, or remove what is there.");
        }

        var files = new Dictionary<string, string>
        {
            [$"services/{name}/workload.yaml"] = Contract(name, components, owner),
            [$"services/{name}/slo.yaml"] = Objectives(components[0]),
            [$"services/{name}/transaction.yaml"] = Transaction(name, components[0]),
            [$"services/{name}/tests/{NewName.Pascal(name)}.Tests.csproj"] = WorkloadSources.TestProject(name, components),
            [$"services/{name}/tests/RunningFeature.cs"] = WorkloadSources.RunningFeature(name),
            [$"tests/Integration/{NewName.Pascal(name)}/Answers.cs"] = WorkloadSources.IntegrationTests(name),
        };

        foreach (var component in components)
        {
            var route = component == components[0] ? name : component;

            foreach (var (file, text) in WorkloadSources.Component(name, component, route))
            {
                files[$"services/{name}/{file}"] = text;
            }
        }

        foreach (var environment in repository.Environments().Where(IsLocal))
        {
            files[Releases.ReleaseFiles.PathOf(environment, name)] = Release;
        }

        new NewFiles(files).Write(repository);

        return [.. files.Keys.Order(StringComparer.Ordinal)];
    }

    private const string Release = """
        # yaml-language-server: $schema=../../../../schemas/release.schema.json
        release:
          apiVersion: causeway/v1
          runtime: local

        """;

    private bool IsLocal(string environment) =>
        (string?)Yaml.LoadFile(repository.PathTo("terraform", "envs", environment, "env.yaml"))["env"]?["kind"] is "local";

    private static string Contract(string name, IReadOnlyList<string> components, string owner) => $"""
        # yaml-language-server: $schema=../../schemas/workload.schema.json
        workload:
          apiVersion: causeway/v1
          owner: {owner}

          components:
        {string.Join('\n', components.Select(component => Component(component, component == components[0] ? name : null)))}
        """;

    private static string Component(string component, string? route) => $$"""
            {{component}}: # say in a few words what it does
              kind: service
              port: 8080{{(route is null ? "" : $"\n      routes: [/{route}]")}}
              scaling: { min: 2, max: 4, cpu: 70 }
              size: { cpu: 100m, memory: 128Mi }

        """;

    private static string Objectives(string component) => $$"""
        # yaml-language-server: $schema=../../schemas/slo.schema.json
        slo:
          apiVersion: causeway/v1
          objectives:
            availability: { kind: availability, component: {{component}}, target: 99.9 }
            latency: { kind: latency, component: {{component}}, target: 99, under: 0.5 }

        """;

    private static string Transaction(string name, string component) => $$"""
        # What `./causeway up` runs last: one request through the front door.

        steps:
          - request: GET /{{name}}
            expect: [200]

        metric: http_server_request_duration_seconds_count{service_name="{{name}}-{{component}}", http_request_method="GET", http_route="/{{name}}", http_response_status_code="200"}

        """;
}
