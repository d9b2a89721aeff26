using Compose.Model;
using Compose.Model.Config;
using Compose.Model.Loading;

namespace Compose.CoreRunner.Commands;

/// <summary><c>config FILE...</c>: writes the resolved project as YAML, and diagnostics to standard error.</summary>
internal static class Config
{
    public static int Run(IReadOnlyList<string> files, TextWriter output, TextWriter errors)
    {
        if (Load(files, errors) is not { } project)
            return 1;
        output.Write(ConfigWriter.ToYaml(project));
        return 0;
    }

    /// <summary>Writes only the diagnostics.</summary>
    public static int Check(IReadOnlyList<string> files, TextWriter errors) => Load(files, errors) is null ? 1 : 0;

    private static ComposeProject? Load(IReadOnlyList<string> files, TextWriter errors)
    {
        var result = ProjectLoader.Load(HostValues.LoadRequest(files));
        foreach (var diagnostic in result.Diagnostics)
            errors.WriteLine(
                $"{diagnostic.Severity}: {diagnostic} "
                    + $"[{diagnostic.Id}]{(diagnostic.Advice is null ? "" : " " + diagnostic.Advice)}");
        return result.Project;
    }
}
