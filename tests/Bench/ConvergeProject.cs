using System.Text;

namespace Compose.Bench;

/// <summary>A temporary compose file with busybox services that sleep.</summary>
internal sealed class ConvergeProject : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bench");

    public ConvergeProject(string name, int services)
    {
        Name = name;
        Path = System.IO.Path.Combine(_directory.FullName, "compose.yaml");
        var text = new StringBuilder("name: ").Append(name).Append("\nservices:\n");
        for (var number = 1; number <= services; number++)
            text.Append("  s").Append(number).Append(": { image: busybox, command: sleep 3600, stop_signal: SIGKILL }\n");
        File.WriteAllText(Path, text.ToString());
    }

    public string Name { get; }
    public string Path { get; }

    public void Dispose() => _directory.Delete(true);
}
