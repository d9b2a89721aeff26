using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;

namespace Compose.Tests.Support;

/// <summary>Loads texts as the files of a project, in a temporary directory.</summary>
internal static class LoadedFiles
{
    public static LoadResult Load(params string[] files) => Load(files, new Dictionary<string, string>());

    /// <param name="files">The compose files, base first.</param>
    /// <param name="beside">Other files by relative path.</param>
    /// <param name="change">Changes the load request.</param>
    public static LoadResult Load(
        IReadOnlyList<string> files, IReadOnlyDictionary<string, string> beside, Func<LoadRequest, LoadRequest>? change = null)
    {
        var directory = Directory.CreateTempSubdirectory("loaded");
        try
        {
            var paths = files.Select((_, index) =>
                Path.Combine(directory.FullName, index == 0 ? "compose.yaml" : $"compose.{index}.yaml")).ToList();
            for (var index = 0; index < files.Count; index++)
                File.WriteAllText(paths[index], files[index]);
            foreach (var (name, text) in beside)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory.FullName, name))!);
                File.WriteAllText(Path.Combine(directory.FullName, name), text);
            }

            var request = new LoadRequest
            {
                WorkingDirectory = directory.FullName,
                Paths = paths,
                ProjectName = "p",
                Environment = new Dictionary<string, string>(),
            };
            return ProjectLoader.Load(change?.Invoke(request) ?? request);
        }
        finally
        {
            directory.Delete(true);
        }
    }
}
