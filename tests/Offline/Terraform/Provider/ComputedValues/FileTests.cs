using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>Files and archives are real, and stay below the working directory.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("causeway-answers-");
    private readonly ProviderContext here;

    public FileTests()
    {
        Directory.CreateDirectory(Path.Combine(scratch.FullName, "work"));
        here = Ask.Standing("aws", "eu-central-1", Path.Combine(scratch.FullName, "work"));
    }

    public void Dispose() => scratch.Delete(recursive: true);

    private Value Create(string type, string arguments)
    {
        Assert.True(ComputedResources.TryGet(type, out var answer));

        return answer(Ask.Arguments(arguments), here);
    }

    private string Full(string path) => Path.Combine(here.Folder, path);

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), content);
    }

    [Fact]
    public void A_file_is_written_read_and_removed()
    {
        var state = Create("local_file", """{ "filename": "out/hello.txt", "content": "hello", "file_permission": "0640" }""");

        Assert.Equal("hello", File.ReadAllText(Full("out/hello.txt")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Full("out/hello.txt")));
        Assert.Equal("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", state["id"].AsText);
        Assert.Equal("5d41402abc4b2a76b9719d911017c592", state["content_md5"].AsText);
        Assert.Equal("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", state["content_base64sha256"].AsText);
        Assert.Equal("0777", state["directory_permission"].AsText);

        var data = Ask.Data("local_file", """{ "filename": "./out/hello.txt" }""", here);

        Assert.Equal("hello", data["content"].AsText);
        Assert.Equal("aGVsbG8=", data["content_base64"].AsText);
        Assert.Equal(state["content_sha512"], data["content_sha512"]);

        var kept = Value.Object(("filename", Value.Of("out/hello.txt")), ("id", state["id"]));
        Assert.True(ComputedResources.IsThere("local_file", kept, here));
        File.WriteAllText(Full("out/hello.txt"), "changed");
        Assert.False(ComputedResources.IsThere("local_file", kept, here));
        ComputedResources.Delete("local_file", kept, here);
        Assert.False(File.Exists(Full("out/hello.txt")));
    }

    [Fact]
    public void A_sensitive_file_is_its_owner_s_only()
    {
        Create("local_sensitive_file", """{ "filename": "key.pem", "content_base64": "aGVsbG8=" }""");

        Assert.Equal("hello", File.ReadAllText(Full("key.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Full("key.pem")));
    }

    [Theory]
    [InlineData("local_file", "filename", "../outside.txt")]
    [InlineData("local_file", "filename", "/causeway-outside.txt")]
    [InlineData("local_file", "filename", "link/outside.txt")]
    [InlineData("local_file", "filename", "over/outside.txt")]
    [InlineData("local_sensitive_file", "filename", "inside/../../outside.txt")]
    [InlineData("archive_file", "output_path", "../outside.zip")]
    public void Nothing_is_written_outside_the_working_directory(string type, string argument, string path)
    {
        scratch.CreateSubdirectory("sub");
        Directory.CreateSymbolicLink(Full("link"), scratch.FullName);
        Directory.CreateSymbolicLink(Full("over"), "link/sub");

        var refusal = Assert.Throws<RefusalException>(() => { Create(type, $$"""{ "{{argument}}": "{{path}}", "type": "zip", "source_content": "x", "source_content_filename": "x", "content": "x" }"""); });

        Assert.Equal($"{argument} leads outside the working directory", refusal.Message);
        Assert.Equal([argument], refusal.Path);
        Assert.Empty(scratch.GetFiles("outside*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal(["filename"], Ask.Refused("local_file", """{ "filename": "absent.txt" }""", here).Path);

    [Fact]
    public void A_folder_becomes_the_same_archive_each_time()
    {
        Write("src/index.js", "exports.handler = 1");
        Write("src/lib/b.js", "b");
        Write("src/lib/a.js", "a");
        Write("src/node_modules/left/pad.js", "no");
        Write("src/notes.md", "no");
        const string Arguments = """{ "type": "zip", "source_dir": "src", "output_path": "out/function.zip", "excludes": ["node_modules", "*.md"] }""";
        var first = Ask.Data("archive_file", Arguments, here);
        File.SetLastWriteTimeUtc(Full("src/index.js"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var bytes = File.ReadAllBytes(Full("out/function.zip"));

        Assert.Equal(first, Ask.Data("archive_file", Arguments, here));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(bytes)), first["output_base64sha256"].AsText);
        Assert.Equal(bytes.Length.ToString(), first["output_size"].ToString());
        Assert.Equal(first["output_sha"], first["id"]);

        using var zip = ZipFile.OpenRead(Full("out/function.zip"));
        Assert.Equal(["index.js", "lib/a.js", "lib/b.js"], zip.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(zip.GetEntry("index.js")!.Open());
        Assert.Equal("exports.handler = 1", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("""{ "type": "zip", "source_file": "one.txt", "output_path": "o" }""")]
    [InlineData("""{ "type": "zip", "source_content": "1", "source_content_filename": "one.txt", "output_path": "o" }""")]
    [InlineData("""{ "type": "zip", "source": [{ "content": "1", "filename": "one.txt" }], "output_path": "o" }""")]
    public void An_archive_is_made_of_a_file_or_of_texts(string arguments)
    {
        Write("one.txt", "1");
        Ask.Data("archive_file", arguments, here);
        using var zip = ZipFile.OpenRead(Full("o"));

        Assert.Equal("one.txt", Assert.Single(zip.Entries).FullName);
    }

    [Fact]
    public void A_tar_is_the_same_each_time()
    {
        const string Arguments = """{ "type": "tar.gz", "source_content": "1", "source_content_filename": "one.txt", "output_path": "o.tgz" }""";

        Assert.Equal(Ask.Data("archive_file", Arguments, here), Ask.Data("archive_file", Arguments, here));
    }

    [Theory]
    [InlineData("""{ "type": "rar", "source_content": "1", "source_content_filename": "one.txt", "output_path": "o" }""", "archive type not supported: rar")]
    [InlineData("""{ "type": "zip", "source_dir": "absent", "output_path": "o" }""", "could not archive missing directory: absent")]
    [InlineData("""{ "type": "zip", "source_file": "absent", "output_path": "o" }""", "could not archive missing file: absent")]
    [InlineData("""{ "type": "zip", "output_path": "o" }""", "At least one of these attributes must be configured")]
    public void An_archive_of_nothing_is_refused(string arguments, string why) =>
        Assert.Contains(why, Ask.Refused("archive_file", arguments, here).Detail, StringComparison.Ordinal);

    [Fact]
    public void Cloud_init_gets_a_multipart_document() => Assert.Equal(
        "Content-Type: multipart/mixed; boundary=\"MIMEBOUNDARY\"\nMIME-Version: 1.0\r\n\r\n" +
        "--MIMEBOUNDARY\r\nContent-Disposition: attachment; filename=\"init.sh\"\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: " +
        "text/x-shellscript\r\nMime-Version: 1.0\r\n\r\n#!/bin/sh\r\n" +
        "--MIMEBOUNDARY\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: text/plain\r\nMime-Version: 1.0\r\nX-Merge-Type: " +
        "list()\r\n\r\nplain\r\n--MIMEBOUNDARY--\r\n",
        Ask.Data(
            "cloudinit_config",
            """
            { "gzip": false, "base64_encode": false, "part": [
              { "content": "#!/bin/sh", "content_type": "text/x-shellscript", "filename": "init.sh" },
              { "content": "plain", "merge_type": "list()" }
            ] }
            """)["rendered"].AsText);

    [Fact]
    public void Cloud_init_is_compressed_and_encoded_unless_told_otherwise()
    {
        var answer = Ask.Data("cloudinit_config", """{ "part": [{ "content": "hello" }], "boundary": "//" }""");
        using var unpacked = new GZipStream(new MemoryStream(Convert.FromBase64String(answer["rendered"].AsText!)), CompressionMode.Decompress);

        Assert.Contains("\r\nhello\r\n--//--", new StreamReader(unpacked, Encoding.UTF8).ReadToEnd(), StringComparison.Ordinal);
        Assert.True(answer["gzip"].AsBool);
        Assert.Equal(["base64_encode"], Ask.Refused("cloudinit_config", """{ "base64_encode": false }""").Path);
    }
}
