namespace Compose.Tests.Conventions;

/// <summary>The shape of the source tree: folders and lines of a size that one can take in.</summary>
public class TreeTests
{
    private const int FilesInFolder = 20;

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
}
