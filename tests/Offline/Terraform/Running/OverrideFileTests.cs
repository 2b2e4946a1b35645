using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Running;

public sealed class OverrideFileTests(Workbench workbench)
{
    [Fact]
    public void A_reader_of_the_old_file_is_not_disturbed_by_the_new_one()
    {
        var folder = Scratch.Folder(workbench, [("a_override.tf", "# old")]);
        var file = Path.Combine(folder, "a_override.tf");
        using var reader = File.OpenText(file);

        OverrideFile.Write(file, "# new");

        Assert.Equal("# old", reader.ReadToEnd());
        Assert.Equal("# new", File.ReadAllText(file));
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder));
    }
}
