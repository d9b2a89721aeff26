using System.Management.Automation;
using Compose.Streams;

namespace Compose.Module.Common;

/// <summary>Collects what is piped to a command: texts as lines, bytes, files and streams as they are.</summary>
internal sealed class PipedInput
{
    private readonly StandardInput _input = new();
    private readonly byte[] _single = new byte[1];

    /// <summary>Whether objects were piped that say where to act.</summary>
    public bool HasTargets { get; private set; }

    public StandardInput Read() => _input;

    /// <summary>Takes a piped object, and answers whether it says where to act rather than what to read.</summary>
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
        && piped.Properties["ProjectName"]?.Value is string && piped.Properties["Service"]?.Value is string && piped.Properties["EngineHost"]?.Value is string;

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
            case FileInfo file:
                _input.Add(file.OpenRead());
                break;
            default:
                _input.AddLine(piped.ToString());
                break;
        }
    }
}
