using System.Text;
using System.Text.Json;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Differences;

/// <summary>
/// The corpus, changed so that its projects can be created here: every image is busybox, nothing is built, and external
/// resources belong to the project.
/// </summary>
internal static class CorpusCases
{
    /// <summary>Omitted cases, each with its reason.</summary>
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["in-286cd25a"] = "it mounts /host in long form, which the newer default makes and 2.26.1 wants to exist",
        ["in-48a9d526"] = "it mounts /host in long form, which the newer default makes and 2.26.1 wants to exist",
    };

    /// <summary>Copies the cases into a directory, each with an additional last file that makes it runnable.</summary>
    public static IEnumerable<DifferenceCase> Read(string into)
    {
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder!, "corpus", "cases.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var id = document.RootElement.GetProperty("id").GetString()!;
            if (document.RootElement.GetProperty("mode").GetString() != "strict" || LeftOut.ContainsKey(id))
                continue;
            if (Prepare(document.RootElement, id, into) is { } prepared)
                yield return prepared;
        }
    }

    private static DifferenceCase? Prepare(JsonElement given, string id, string into)
    {
        var directory = Path.Combine(into, id);
        Copy(Path.Combine(SharedData.Folder!, "corpus", given.GetProperty("dir").GetString()!), directory);
        var files = given.GetProperty("files")
            .EnumerateArray()
            .Select(file => Path.GetFullPath(Path.Combine(directory, file.GetString()!)))
            .ToList();
        var environment = given.GetProperty("env")
            .EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? "");
        var working = Path.GetDirectoryName(files[0])!;
        var loaded = ProjectLoader.Load(new LoadRequest
        {
            WorkingDirectory = working, Paths = files, ProjectName = "p", Environment = new Dictionary<string, string>(
                environment) { ["HOME"] = "/nonexistent", ["PATH"] = "/usr/bin:/bin" },
        });
        if (loaded.Project is not { Services.Count: > 0 } project)
            return null;
        MakeMounted(project, directory);
        var last = Path.Combine(working, "runnable.yaml");
        File.WriteAllText(last, Runnable(project));
        return new DifferenceCase(id, working, [.. files, last], environment);
    }

    /// <summary>Creates empty files for those that a case mounts but does not contain.</summary>
    private static void MakeMounted(ComposeProject project, string directory)
    {
        var sources = project.Services.Values.SelectMany(service => service.Volumes)
            .Where(mount => mount.Type == "bind")
            .Select(mount => mount.Source!)
            .Concat(project.Secrets.Values.Concat(project.Configs.Values).Select(definition => definition.File).OfType<string>());
        foreach (var source in sources.Where(source =>
            source.StartsWith(directory, StringComparison.Ordinal) && !Path.Exists(source)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(source)!);
            File.WriteAllText(source, "");
        }
    }

    private static string Runnable(ComposeProject project)
    {
        var text = new StringBuilder("services:\n");
        foreach (var service in project.Services.Values)
        {
            text.Append("  ").Append(service.Name).Append(":\n    image: busybox\n");
            if (service.Build is not null)
                text.Append("    build: !reset null\n");
            if (service.PullPolicy is not null)
                text.Append("    pull_policy: !reset null\n");
        }

        Own("networks", project.Networks.Values.Where(network => network.External).Select(network => network.Key));
        Own("volumes", project.Volumes.Values.Where(volume => volume.External).Select(volume => volume.Key));
        return text.ToString();

        void Own(string section, IEnumerable<string> keys)
        {
            foreach (var key in keys.Select((key, index) => (key, index)))
                text.Append(key.index == 0 ? section + ":\n" : "")
                    .Append("  ")
                    .Append(key.key)
                    .Append(":\n    external: !reset null\n");
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(directory.Replace(from, to, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
    }
}
