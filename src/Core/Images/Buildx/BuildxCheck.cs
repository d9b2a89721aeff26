using System.Text.Json;
using System.Text.RegularExpressions;
using Compose.Errors;
using Compose.Files;
using Compose.Files.Reading;
using Compose.Images.Build;

namespace Compose.Images.Buildx;

/// <summary>Reads the findings of docker buildx's Dockerfile check.</summary>
internal static class BuildxCheck
{
    /// <summary>The first buildx release with checks.</summary>
    private static readonly Version First = new(0, 15);
    private static readonly Regex Number = new(@"(?<![\d.])v?(\d+\.\d+)\.\d+", RegexOptions.CultureInvariant);

    /// <exception cref="ComposeException">BuildCheckNeedsBuildx.</exception>
    public static async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await BuildxBuilder.VersionAsync(cancellationToken).ConfigureAwait(false) is not { } text)
            throw ImageErrors.CheckNeedsBuildx.Exception("Checking a build needs docker buildx, and it is not installed.", null);
        if (Number.Match(text) is { Success: true } number
            && Version.Parse(number.Groups[1].Value) is { } version
            && version < First)
            throw ImageErrors.CheckNeedsBuildx.Exception(
                $"Checking a build needs docker buildx {First} or newer, and {number.Value.TrimStart('v')} is installed.", text);
    }

    /// <summary>The findings, in buildx's order.</summary>
    public static IReadOnlyList<Diagnostic> Read(BuildRequest request, string answer)
    {
        using var document = JsonDocument.Parse(answer);
        var findings = Items(document.RootElement, "warnings").Select(warning =>
            Finding(
                request, Text(warning, "ruleName") ?? "DockerfileWarning", DiagnosticSeverity.Warning,
                Text(warning, "detail") ?? Text(warning, "description") ?? "", Text(warning, "url"), warning));
        if (Member(document.RootElement, "buildError") is { ValueKind: JsonValueKind.Object } error)
            findings = findings.Append(
                Finding(request, "DockerfileInvalid", DiagnosticSeverity.Error, Text(error, "message") ?? "", null, error));
        return [.. findings];
    }

    private static Diagnostic Finding(
        BuildRequest request, string id, DiagnosticSeverity severity, string message, string? advice, JsonElement at)
    {
        var line = Line(at);
        var build = request.Build;
        var finding = new Diagnostic
        {
            Id = id, Severity = severity, Message = message.Replace("\n", " "), Advice = advice,
            Path = $"services.{request.Service.Name}.build",
        };
        if (build.DockerfileInline is { } inline)
            return finding with
            {
                Message = line == 0 ? message : $"line {line} of dockerfile_inline: {message}",
                File = request.Service.Origin.File,
                Line = request.Service.Origin.Line,
                Column = request.Service.Origin.Column,
                LineText = LineOf(inline, line),
            };
        var file = request.DockerfilePath;
        var text = file is not null && File.Exists(file) ? SourceFile.TryRead(file, out _) : null;
        return finding with
        {
            File = file ?? build.Dockerfile, Line = line, Column = line == 0 ? 0 : 1,
            LineText = text is null ? null : LineOf(text, line),
        };
    }

    private static string? LineOf(string text, int line) => text.Split('\n').ElementAtOrDefault(line - 1)?.TrimEnd('\r');

    /// <summary>The first line of a finding, or 0 if it has none.</summary>
    private static int Line(JsonElement finding) =>
        Member(finding, "location") is { } location
            && Items(location, "ranges").Select(range => Member(range, "start")).FirstOrDefault() is { } start
            && Member(start, "line") is { } line
            && line.TryGetInt32(out var number)
            ? number
            : 0;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } items ? [.. items.EnumerateArray()] : [];

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value
            ? value
            : null;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
}
