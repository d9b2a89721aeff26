using Compose.Model;
using Compose.Model.Config;

namespace Compose.CoreRunner.Commands;

/// <summary><c>config FILE...</c>: prints the resolved project as YAML, diagnostics on standard error.</summary>
internal static class Config
{
    public static int Run(IReadOnlyList<string> files, TextWriter output, TextWriter errors)
    {
        var result = ProjectLoader.Load(HostValues.LoadRequest(files));
        foreach (var diagnostic in result.Diagnostics)
            errors.WriteLine($"{diagnostic.Severity}: {diagnostic} [{diagnostic.Id}]{(diagnostic.Advice is null ? "" : " " + diagnostic.Advice)}");
        if (result.Project is null)
            return 1;
        output.Write(ConfigWriter.ToYaml(result.Project));
        return 0;
    }
}
