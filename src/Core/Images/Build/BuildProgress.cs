using System.Text.Json;
using System.Text.RegularExpressions;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Images.Buildx;
using Compose.Images.Dockerfiles;

namespace Compose.Images.Build;

/// <summary>
/// Reads the messages of a build: reports its steps, keeps the last lines of output for an error, and finds the image's id.
/// </summary>
/// <param name="request">The image that is built.</param>
/// <param name="sink">Receives the progress.</param>
internal sealed class BuildProgress(BuildRequest request, IEventSink sink)
{
    private const int KeptLines = 20;
    private const string BuildxError = "ERROR: ";

    /// <summary>The internal operations that BuildKit puts before the reason of an error. They are cut off.</summary>
    private static readonly Regex Preamble = new(string.Join("|",
    [
        "failed to compute cache key: ",
        @"failed to calculate checksum of ref \S+: ",
        @"failed to solve(?: with frontend \S+)?: ",
        "failed to build: ",
        "failed to create LLB definition: ",
    ]), RegexOptions.CultureInvariant);
    private static readonly Regex ParseError = new(
        @"dockerfile parse error (?:on )?line (\d+): ", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex Colour = new(@"\x1B\[[0-9;]*m", RegexOptions.CultureInvariant);

    /// <summary>The classic builder's lines about intermediate containers and layers.</summary>
    private static readonly Regex Noise = new("^ ---> |^Removing intermediate container ", RegexOptions.CultureInvariant);
    private readonly Queue<string> _lastLines = new();
    private readonly RunningSteps _steps = new();
    private readonly Dictionary<string, Queue<string>> _printed = new(StringComparer.Ordinal);
    private readonly BuildSecrets _secrets = BuildSecrets.Of(request);
    private readonly string _image = request.Image;
    private readonly string _id = "build " + request.Image;

    /// <summary>The digest of the first step that failed, with BuildKit; null if none did.</summary>
    private string? _failed;

    /// <summary>The reason in docker buildx's error line.</summary>
    private string? _reason;

    /// <summary>The step that progress was last reported for.</summary>
    private string? _told;

    /// <summary>The current step of the classic builder.</summary>
    private string? _step;

    /// <summary>The built image's id, once a message has it.</summary>
    public string? ImageId { get; private set; }

    public void Begin() => Report("Sending the context", completed: false);

    public void End() => Report("Done", completed: true);

    /// <summary>Reads a line of docker buildx's output.</summary>
    public void TakeLine(string line)
    {
        lock (_lastLines)
        {
            if (PlainLine.Parse(Colour.Replace(line, "")) is not { } said)
            {
                if (line.StartsWith(BuildxError, StringComparison.Ordinal))
                    _reason = line.Substring(BuildxError.Length);
                TakeText(line);
                return;
            }

            if (said.Output is { } output)
                TakeText(output, said.Step);
            else
                TakeStep(new BuildStep
                {
                    Digest = said.Step, Name = said.Name
                        ?? _steps.Name(said.Step), Started = true, Completed = said.Completed, Error = said.Error,
                });
        }
    }

    public void Take(ProgressMessage message)
    {
        if (message.Error is { } error)
            throw Failure(message.ErrorDetail?.Message ?? error);
        if (message.Stream is { } text)
            TakeClassic(Colour.Replace(text, ""));
        if (message.Status is { Length: > 0 } status)
            Report(status, completed: false);
        if (message.Aux is { } aux)
            TakeAux(message.Id, aux);
    }

    /// <summary>
    /// The error of the build. Its message begins with the service, the step and the reason, followed by the line of the
    /// Dockerfile and the last output of the step.
    /// </summary>
    public ComposeException Failure(string message)
    {
        var step = _failed is null ? _step : _steps.Name(_failed);
        IEnumerable<string> printed = _failed is null ? _lastLines : _printed.TryGetValue(_failed, out var lines) ? lines : [];
        var line = step is null ? null : DockerfileExcerpt.Find(request, step);
        var cause = string.Join(": ", new[] { step, Reason(_reason ?? message) }.Where(text => text is { Length: > 0 }));
        var place = line?.Place ?? request.Service.Origin.ToString();
        var lead = $"{place}: the image '{_image}' of service '{request.Service.Name}' cannot be built: {cause}";
        var told = printed.Prepend(line?.Text ?? "").Where(text => text.Length > 0).Prepend(lead);
        return ImageErrors.BuildFailed.Exception(EngineText.Sanitize(_secrets.Hide(string.Join("\n", told))), _image);
    }

    private string Reason(string message) => ParseError.Replace(
        Preamble.Replace(message, ""), at =>
            request.DockerfilePath is { } file
                ? $"{file}:{at.Groups[1].Value}:1: "
                : $"line {at.Groups[1].Value} of the Dockerfile: ");

    private void TakeAux(string? id, JsonElement aux)
    {
        if (id == "moby.buildkit.trace" && aux.ValueKind == JsonValueKind.String)
        {
            if (!aux.TryGetBytesFromBase64(out var bytes))
                throw EngineErrors.Protocol.Exception("The engine's messages about a build cannot be read.", _image);
            var trace = BuildTrace.Parse(bytes);
            foreach (var step in trace.Steps.Where(step => step.Name.Length > 0))
                TakeStep(step);
            foreach (var output in trace.Outputs)
                TakeText(output.Text, output.Step);
        }
        else if (aux.ValueKind == JsonValueKind.Object && aux.TryGetProperty("ID", out var imageId)
            && imageId.ValueKind == JsonValueKind.String)
        {
            ImageId = imageId.GetString();
        }
    }

    private void TakeClassic(string text)
    {
        if (text.StartsWith("Step ", StringComparison.Ordinal))
        {
            _step = text.Trim();
            _lastLines.Clear();
            Verbose(_step);
            Report(_step, completed: false);
        }
        else if (!Noise.IsMatch(text))
        {
            TakeText(text);
        }
    }

    /// <summary>
    /// Updates a step. A step that was cancelled because another failed is not an error. When a step ends, progress shows another
    /// one that is still running.
    /// </summary>
    private void TakeStep(BuildStep step)
    {
        if (step.Error is { } error && error.IndexOf("context canceled", StringComparison.Ordinal) < 0 && error != "CANCELED")
            _failed ??= step.Digest;
        if (_steps.Take(step))
            Verbose(step.Name);
        ReportStep(null);
    }

    /// <param name="text">One or more lines of output.</param>
    /// <param name="step">The step that wrote them, or null if unknown.</param>
    private void TakeText(string text, string? step = null)
    {
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            Keep(_lastLines, line);
            if (step is not null)
                Keep(_printed.TryGetValue(step, out var printed) ? printed : _printed[step] = new Queue<string>(), line);
            Verbose(line);
            if (step is not null && step == _steps.Latest)
                ReportStep(line);
        }
    }

    private void ReportStep(string? line)
    {
        if (_steps.Latest is { } latest && (line is not null || latest != _told))
        {
            _told = latest;
            Report(_steps.Name(latest), completed: false, line);
        }
    }

    private static void Keep(Queue<string> lines, string line)
    {
        lines.Enqueue(line);
        if (lines.Count > KeptLines)
            lines.Dequeue();
    }

    private void Verbose(string text) => sink.Emit(new VerboseEvent($"{_image}: {_secrets.Hide(text)}"));

    private void Report(string status, bool completed, string? line = null)
    {
        var shown = _secrets.Hide(status);
        sink.Emit(completed
            ? ProgressEvent.Ended(ProgressKind.Build, _id, "Building", shown)
            : ProgressEvent.Running(ProgressKind.Build, _id, "Building", shown) with
            {
                Detail = line is null ? null : _secrets.Hide(line),
                Timed = true,
            });
    }
}
