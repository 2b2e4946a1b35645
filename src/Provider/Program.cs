using Causeway.Provider.Schemas;
using Causeway.Provider.Serving;
using Causeway.Provider.Traits;

// The value every Terraform plugin asks for before it speaks: github.com/hashicorp/terraform/internal/plugin/serve.go.
const string Cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

var isResident = args is [ResidentServer.Argument, ..];

if ((!isResident && Environment.GetEnvironmentVariable("TF_PLUGIN_MAGIC_COOKIE") is not Cookie)
    || args[(isResident ? 1 : 0)..] is not [var path, .. { Length: <= 1 } more])
{
    await Console.Error.WriteLineAsync("This is a Terraform provider: Terraform starts it, with the path of a schema file (and of a table of traits, where " +
        "the provider has none here). `./causeway plan` and `./causeway tf` arrange that; src/Provider/README.md says how.");

    return 1;
}

var schema = ServedSchema.Read(path);
var traits = more is [var table] ? TraitsTable.FromFile(table) : TraitsTable.Of(schema);

ProviderService Service() => new(schema, Environment.GetEnvironmentVariable("CAUSEWAY_CLOUD"), traits);

await (isResident ? ResidentServer.RunAsync(Service) : PluginServer.RunAsync(Service()));

return 0;
