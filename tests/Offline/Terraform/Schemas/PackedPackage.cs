using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>A package of a made-up provider <c>toy</c>, packed as npm does.</summary>
internal static class PackedPackage
{
    public const string Description = """{ "name": "@made/provider-toy", "cdktn": { "provider": { "name": "registry.terraform.io/made/toy", "version": "1.2.3" } } }""";

    public const string Provider = """
        export interface ToyProviderConfig {
          /**
          * Where it is.
          *
          * Docs at Terraform Registry: {@link https://example.org/docs#place ToyProvider#place}
          */
          readonly place?: string;
          /**
          * Alias name
          *
          * Docs at Terraform Registry: {@link https://example.org/docs#alias ToyProvider#alias}
          */
          readonly alias?: string;
        }

        export class ToyProvider extends cdktn.TerraformProvider {
          public static readonly tfResourceType = "toy";

          public constructor(scope: Construct, id: string, config: ToyProviderConfig = {}) {
          }

          // place - computed: false, optional: true, required: false
          private _place?: string;
          public get place() {
            return this._place;
          }

          // alias - computed: false, optional: true, required: false
          private _alias?: string;
          public get alias() {
            return this._alias;
          }

          protected synthesizeHclAttributes(): { [name: string]: any } {
            const attrs = {
              place: {
                value: cdktn.stringToHclTerraform(this._place),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
              },
              alias: {
                value: cdktn.stringToHclTerraform(this._alias),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
              },
            };
          }
        }
        """;

    public const string Widget = """
        export interface WidgetConfig extends cdktn.TerraformMetaArguments {
          /**
          * Docs at Terraform Registry: {@link https://example.org/docs/resources/widget#name Widget#name}
          */
          readonly name: string;
        }

        export class Widget extends cdktn.TerraformResource {
          public static readonly tfResourceType = "toy_widget";

          public constructor(scope: Construct, id: string, config: WidgetConfig) {
          }

          // name - computed: false, optional: false, required: true
          private _name?: string;
          public get name() {
            return this.getStringAttribute('name');
          }

          // parts - computed: true, optional: false, required: false
          private _parts = new cdktn.StringMapList(this, "parts", true);
          public get parts() {
            return this._parts;
          }

          protected synthesizeHclAttributes(): { [name: string]: any } {
            const attrs = {
              name: {
                value: cdktn.stringToHclTerraform(this._name),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
              },
            };
          }
        }
        """;

    /// <summary>The whole of it: path below <c>package/</c> and content, where a script's content is its TypeScript.</summary>
    public static Dictionary<string, string> Files => new()
    {
        ["package.json"] = Description,
        ["lib/index.js"] = "// lists the others",
        ["lib/provider/index.js"] = Script(Provider),
        ["lib/widget/index.js"] = Script(Widget),
    };

    /// <summary>What a compiler makes of a TypeScript file: some JavaScript, which does not matter here, with the source in its source map.</summary>
    public static string Script(string source)
    {
        var map = JsonSerializer.SerializeToUtf8Bytes(new { version = 3, sources = new[] { "index.ts" }, sourcesContent = new[] { source } });

        return $"\"use strict\";\n//# sourceMappingURL=data:application/json;base64,{Convert.ToBase64String(map)}";
    }

    public static ProviderPackage Pack(Workbench workbench, IReadOnlyDictionary<string, string> files)
    {
        var path = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.tgz");

        using (var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"package/{name}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
            }
        }

        return new ProviderPackage("@made/provider-toy", "9.9.9", path);
    }
}
