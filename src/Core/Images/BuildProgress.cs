using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;

namespace Compose.Images;

/// <summary>Follows the messages of one build: tells the steps, keeps the last lines for an error, finds the image's id.</summary>
internal sealed class BuildProgress(string image, IEventSink sink)
{
    private const int KeptLines = 20;
    private readonly Queue<string> _lastLines = new();
    private readonly string _id = "build " + image;

    /// <summary>The built image's id, once it was told.</summary>
    public string? ImageId { get; private set; }

    public void Begin() => Tell("Sending the context", completed: false);

    public void End() => Tell("Done", completed: true);

    /// <summary>A line that a build program printed.</summary>
    public void TakeLine(string line) => TakeText(line, isStep: line.StartsWith("#", StringComparison.Ordinal) && line.IndexOf(" [", StringComparison.Ordinal) > 0);

    public void Take(ProgressMessage message)
    {
        if (message.Error is { } error)
            throw Failure(message.ErrorDetail?.Message ?? error);
        if (message.Stream is { } text)
            TakeText(text, isStep: text.StartsWith("Step ", StringComparison.Ordinal));
        if (message.Status is { Length: > 0 } status)
            Tell(status, completed: false);
        if (message.Aux is { } aux)
            TakeAux(message.Id, aux);
    }

    public ComposeException Failure(string message)
    {
        var tail = string.Join("\n", _lastLines);
        return ImageErrors.BuildFailed.Exception($"The image '{image}' cannot be built: {message}{(tail.Length > 0 ? "\n" + tail : "")}", image);
    }

    private void TakeAux(string? id, JsonElement aux)
    {
        if (id == "moby.buildkit.trace" && aux.ValueKind == JsonValueKind.String)
        {
            var trace = BuildTrace.Parse(aux.GetBytesFromBase64());
            foreach (var step in trace.Steps.Where(step => step.Name.Length > 0))
                Tell(step.Name, completed: false);
            foreach (var output in trace.Outputs)
                TakeText(output.Text, isStep: false);
        }
        else if (aux.ValueKind == JsonValueKind.Object && aux.TryGetProperty("ID", out var imageId))
        {
            ImageId = imageId.GetString();
        }
    }

    private void TakeText(string text, bool isStep)
    {
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > KeptLines)
                    _lastLines.Dequeue();
            }

            sink.Emit(new VerboseEvent($"{image}: {line}"));
            if (isStep)
                Tell(line, completed: false);
        }
    }

    private void Tell(string status, bool completed) => sink.Emit(new ProgressEvent(_id, null, "Building", status, null, null, completed));
}
