using Compose.Engine.Programs;

namespace Compose.Tests.Engine.Programs;

/// <summary>Programs are found in absolute entries of PATH, and never in the current directory.</summary>
public class ProgramPathTests
{
    [Theory]
    [InlineData("/usr/bin:/opt/bin", "docker", "/opt/bin/docker")]
    [InlineData("/opt/bin/:/usr/bin", "docker", "/opt/bin/docker")]
    [InlineData("/usr/bin", "docker", null)]
    [InlineData("", "docker", null)]
    [InlineData(".:opt/bin::../opt/bin:~/bin", "docker", null)]
    [InlineData("/opt/bin", "../opt/bin/docker", null)]
    [InlineData("/opt/bin", "./docker", null)]
    [InlineData("/opt/bin", "", null)]
    [InlineData(null, "docker", null)]
    [InlineData("/usr/bin", "/opt/bin/docker", "/opt/bin/docker")]
    public void A_program_is_searched_on_PATH_alone(string? path, string name, string? found) =>
        Assert.Equal(
            found,
            new ProgramPath(path, null, file => file is "/opt/bin/docker" or "./docker" or "docker" or "/docker").Find(name));

    [Theory]
    [InlineData(@"C:\Windows;C:\Docker", "docker", @"C:\Docker\docker.EXE")]
    [InlineData(@"""C:\Docker\"";C:\Windows", "docker", @"C:\Docker\docker.EXE")]
    [InlineData(@"C:\Docker", "docker.exe", @"C:\Docker\docker.exe")]
    [InlineData(@"C:\Docker", "docker-credential-x", null)]
    [InlineData(@"\\server\tools", "ssh", @"\\server\tools\ssh.EXE")]
    [InlineData(@".;Docker;C:Docker;\Docker;", "docker", null)]
    [InlineData(@"C:\Docker", @"..\docker", null)]
    [InlineData(@"C:\Docker", "C:docker", null)]
    [InlineData(@"C:\Windows", @"C:\Docker\docker.exe", @"C:\Docker\docker.exe")]
    public void On_Windows_the_extensions_of_PATHEXT_are_tried_in_their_order(string path, string name, string? found)
    {
        string[] files =
        [
            @"C:\Docker\docker.exe", @"C:\Docker\docker.cmd", @"C:\Docker\docker-credential-x.cmd", @"\\server\tools\ssh.exe",
            @"C:\Docker\docker", "docker.exe", @".\docker.exe",
        ];

        var programs = new ProgramPath(
            path, ".COM;.EXE;.BAT;.CMD", file => files.Contains(file, StringComparer.OrdinalIgnoreCase));

        Assert.Equal(found, programs.Find(name));
    }

    [Theory]
    [InlineData("desktop", false)]
    [InlineData("../evil", true)]
    [InlineData(@"..\evil", true)]
    [InlineData("c:evil", true)]
    public void A_name_is_told_from_a_path(string name, bool isPath) => Assert.Equal(isPath, ProgramPath.IsPath(name));
}
