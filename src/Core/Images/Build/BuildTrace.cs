using System.Text;

namespace Compose.Images.Build;

/// <summary>A progress message of BuildKit (<c>moby.buildkit.trace</c>): changed steps, and their output.</summary>
internal sealed record BuildTrace(IReadOnlyList<BuildStep> Steps, IReadOnlyList<BuildOutput> Outputs)
{
    /// <summary>Parses the protobuf message StatusResponse; unknown fields are skipped.</summary>
    public static BuildTrace Parse(byte[] message)
    {
        var steps = new List<BuildStep>();
        var outputs = new List<BuildOutput>();
        var reader = new ProtobufReader(message, 0, message.Length);
        while (reader.Next())
        {
            if (reader.Field == 1)
                steps.Add(Step(reader.Message()));
            else if (reader.Field == 3)
                outputs.Add(Output(reader.Message()));
        }

        return new BuildTrace(steps, outputs);
    }

    private static BuildStep Step(ProtobufReader reader)
    {
        var step = new BuildStep();
        while (reader.Next())
        {
            step = reader.Field switch
            {
                1 => step with { Digest = reader.Text() },
                3 => step with { Name = reader.Text() },
                5 => step with { Started = true },
                6 => step with { Completed = true },
                7 => step with { Error = reader.Text() is { Length: > 0 } error ? error : null },
                _ => step,
            };
        }

        return step;
    }

    private static BuildOutput Output(ProtobufReader reader)
    {
        var output = new BuildOutput("", "");
        while (reader.Next())
        {
            output = reader.Field switch
            {
                1 => output with { Step = reader.Text() },
                4 => output with { Text = reader.Text() },
                _ => output,
            };
        }

        return output;
    }
}

/// <summary>The state of a build step.</summary>
internal sealed record BuildStep
{
    public string Digest { get; init; } = "";
    public string Name { get; init; } = "";
    public bool Started { get; init; }
    public bool Completed { get; init; }
    public string? Error { get; init; }
}

/// <summary>Output of a build step.</summary>
internal sealed record BuildOutput(string Step, string Text);

/// <summary>Reads the fields of a protobuf message.</summary>
internal sealed class ProtobufReader(byte[] data, int start, int end)
{
    private int _at = start;
    private int _from;
    private int _length;

    public int Field { get; private set; }

    public bool Next()
    {
        if (_at >= end)
            return false;
        var key = Varint();
        Field = (int)(key >> 3);
        switch (key & 7)
        {
            case 0:
                Varint();
                (_from, _length) = (_at, 0);
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Take((int)Varint());
                break;
            case 5:
                Take(4);
                break;
            default:
                _at = end;
                return false;
        }

        return _at <= end;
    }

    public string Text() => Encoding.UTF8.GetString(data, _from, _length);

    public ProtobufReader Message() => new(data, _from, _from + _length);

    private void Take(int length)
    {
        (_from, _length) = (_at, Math.Max(0, Math.Min(length, end - _at)));
        _at += length;
    }

    private long Varint()
    {
        long value = 0;
        for (var shift = 0; _at < end && shift < 64; shift += 7)
        {
            var octet = data[_at++];
            value |= (long)(octet & 0x7F) << shift;
            if (octet < 0x80)
                break;
        }

        return value;
    }
}
