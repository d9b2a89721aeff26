using System.Management.Automation;
using Compose.Errors;
using Compose.Module.Common.Output;
using Compose.Streams.Exec;

namespace Compose.Module.Common.Pipeline;

/// <summary>Collects piped input for a command: strings as lines; bytes, files and streams unchanged.</summary>
internal sealed class PipedInput
{
    private readonly StandardInput _input = new();
    private readonly byte[] _single = new byte[1];
    private readonly List<ErrorInfo> _problems = [];

    /// <summary>Whether containers or services to act on were piped.</summary>
    public bool HasTargets { get; private set; }

    public StandardInput Read() => _input;

    /// <summary>
    /// Whether all piped input can be read. If not, writes the errors; the command is not run with a part of its input.
    /// </summary>
    public bool IsWhole(Cmdlet cmdlet)
    {
        foreach (var problem in _problems)
            cmdlet.WriteError(ErrorRecords.From(problem));
        return _problems.Count == 0;
    }

    /// <summary>Whether a piped object is a container or service to act on. Other objects are added to the input.</summary>
    public bool TakesTarget(PSObject? piped)
    {
        if (piped is null)
            return false;
        if (!NamesTarget(piped))
        {
            Add(piped);
            return false;
        }

        return HasTargets = true;
    }

    private static bool NamesTarget(PSObject piped) =>
        piped.BaseObject is not (string or ValueType or byte[] or System.IO.Stream or FileInfo)
        && piped.Properties["ProjectName"]?.Value is string
        && piped.Properties["Service"]?.Value is string
        && piped.Properties["EngineHost"]?.Value is string;

    public void Add(PSObject piped)
    {
        switch (piped.BaseObject)
        {
            case byte one:
                _single[0] = one;
                _input.Add(_single, 1);
                break;
            case byte[] bytes:
                _input.Add(bytes, bytes.Length);
                break;
            case System.IO.Stream stream:
                _input.Add(stream);
                break;
            case FileInfo file when File.Exists(file.FullName):
                _input.AddFile(file.FullName);
                break;
            case FileSystemInfo item:
                var why = Directory.Exists(item.FullName) ? "is a directory" : "does not exist";
                _problems.Add(
                    StreamErrors.InputUnreadable.Info(
                        $"'{item.FullName}' {why}, so nothing is run that reads it.", item.FullName));
                break;
            default:
                _input.AddLine(piped.ToString());
                break;
        }
    }
}
