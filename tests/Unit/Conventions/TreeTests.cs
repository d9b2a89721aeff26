namespace Compose.Tests.Conventions;

/// <summary>The shape of the source tree: folders and lines are small enough to read at a glance.</summary>
public class TreeTests
{
    private const int FilesInFolder = 20;
    private const int Columns = 130;

    [Theory]
    [InlineData("src", "*.cs")]
    [InlineData("tests", "*.cs")]
    [InlineData("tests", "*.ps1")]
    public void A_folder_has_at_most_twenty_files(string folder, string pattern)
    {
        var large =
            from file in SourceTree.Files(folder, pattern)
            group file by Path.GetDirectoryName(file) into files
            where files.Count() > FilesInFolder
            select $"{files.Key}: {files.Count()}";

        Assert.Empty(large);
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("tools")]
    public void A_line_has_at_most_130_columns(string folder)
    {
        var wide =
            from file in SourceTree.Files(folder)
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > Columns
            select $"{file}:{line.Number}: {line.Text.Length}";

        Assert.Empty(wide);
    }
}
