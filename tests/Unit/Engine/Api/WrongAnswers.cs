using System.Text;
using System.Text.Json.Serialization;
using Compose.Engine.Dto;

namespace Compose.Tests.Engine.Api;

/// <summary>All known kinds of invalid answers.</summary>
internal static class WrongAnswers
{
    private const int Depth = 10_000;
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    /// <summary>The names of all properties of all records. Must come first: the initializers below use it.</summary>
    private static IReadOnlyList<string> FieldNames { get; } =
    [
        .. (
            from type in typeof(EngineJson).Assembly.GetTypes()
                .Where(type => type.Namespace == typeof(EngineJson).Namespace)
                .Concat(LibraryAnswerTests.Models)
            where !typeof(JsonSerializerContext).IsAssignableFrom(type)
            from property in type.GetProperties()
            let named = (JsonPropertyNameAttribute?)Attribute.GetCustomAttribute(property, typeof(JsonPropertyNameAttribute))
            select named?.Name ?? property.Name).Distinct(),
    ];

    public static IReadOnlyList<WrongAnswer> All { get; } =
    [
        .. Bodies().Select(body =>
            new WrongAnswer(body.Name, [.. Text($"{Ok}Content-Length: {body.Octets.Length}\r\n\r\n"), .. body.Octets])),
        .. Frames().Select(body =>
            new WrongAnswer(
                "as it comes: " + body.Name,
                [.. Text(Ok + "Content-Type: application/vnd.docker.raw-stream\r\n\r\n"), .. body.Octets])),
        .. Bodies().Select(body =>
            new WrongAnswer(
                "refused: " + body.Name,
                [.. Text($"HTTP/1.1 500 No\r\nContent-Length: {body.Octets.Length}\r\n\r\n"), .. body.Octets])),
        .. Heads().Select(head => new WrongAnswer(head.Replace("\r\n", " "), Text(head))),
        new("a path's stat that is no base64", Text(Ok + "X-Docker-Container-Path-Stat: !\r\nContent-Length: 0\r\n\r\n")),
        new(
            "a path's stat that is a list",
            Text($"{Ok}X-Docker-Container-Path-Stat: {Convert.ToBase64String(Text("[null]"))}\r\nContent-Length: 0\r\n\r\n")),
    ];

    private static IEnumerable<(string Name, byte[] Octets)> Bodies()
    {
        foreach (var body in new[] {
            "<!doctype html><html>hop</html>\n", "", "null", "[null]", "[]", "{}", "7", "\"x\"", "true", "[[{\"Id\":\"a\",",
            "{\"Id\":\"a\",\"Na", "nonsense"})
            yield return (body, Text(body));
        yield return ("deep lists", Text(new string('[', Depth) + new string(']', Depth)));
        yield return (
            "deep objects", Text(string.Concat(Enumerable.Repeat("{\"Config\":", Depth)) + "1" + new string('}', Depth)));
        foreach (var value in new[] {
            "null", "7", "\"x\"", "[]", "[null]", "{}", "{\"x\":null}", "99999999999999999999", "-1e400", "9223372036854775807",
            "\"\\ud800\""})
        {
            yield return ("every field " + value, Text(Every(value)));
            yield return ("a list of every field " + value, Text($"[{Every(value)}]"));
        }

        yield return ("no UTF-8", [.. Text("{\"Id\":\""), 0xFF, 0xFE, .. Text("\",\""), 0xC3, .. Text("\":1}")]);
    }

    /// <summary>Invalid frames of a log or of a process's output.</summary>
    private static IEnumerable<(string Name, byte[] Octets)> Frames()
    {
        yield return ("a frame of 2^31", [1, 0, 0, 0, 0x80, 0, 0, 0, .. Text("2026-01-01T00:00:00.000000000Z x\n")]);
        yield return ("a frame of 2^32-1", [2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. Text("2026-01-01T00:00:00.000000000Z x\n")]);
        yield return ("a frame of 2^31-1", [1, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF]);
        yield return ("a frame that ends too soon", [1, 0, 0, 0, 0, 0, 1, 0, .. Text("2026-01-01T00:00:00.000000000Z x")]);
        yield return ("a frame's half head", [1, 0, 0]);
        yield return ("frames of nothing", [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
        yield return ("a time that is none", [1, 0, 0, 0, 0, 0, 0, 33, .. Text("9999-99-99T99:99:99.999999999Z x\n")]);
        yield return ("a terminal's time that is none", Text("9999-99-99T99:99:99.999999999Z x\n"));
        yield return ("text without times", Text("x\n\n"));
    }

    private static string[] Heads() =>
    [
        "",
        "HTTP/1.1 200 O",
        "SSH-2.0-OpenSSH_10.0\r\n\r\n",
        "HTTP/1.1 9999 X\r\n\r\n",
        "HTTP/1.1 20 X\r\n\r\n",
        Ok + "no header\r\n\r\n{}",
        Ok + "Content-Length: 500\r\n\r\n[{\"Id\":",
        Ok + "Content-Length: 1\r\n\r\n[{\"Id\":\"a\"}]",
        Ok + "Content-Length: -1\r\n\r\n[]",
        Ok + "Content-Length: 99999999999999999999\r\n\r\n[]",
        Ok + "Content-Length: 9223372036854775807\r\n\r\n[]",
        Ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n[]",
        Ok + "Transfer-Encoding: chunked\r\n\r\n[]\r\n\r\n",
        Ok + "Transfer-Encoding: chunked\r\n\r\n-5\r\n[]\r\n0\r\n\r\n",
        Ok + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n[]",
        Ok + "Transfer-Encoding: chunked\r\n\r\n1\r\n[]\r\n0\r\n\r\n",
        Ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
        Ok + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]",
        Ok + "Content-Type: text/html; charset=utf-8\r\nContent-Length: 9\r\n\r\nSign in. ",
        "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n[]",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 301 Moved Permanently\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: ::\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\n{\"message\":7}",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 500\r\n\r\n<html>",
    ];

    /// <summary>A JSON object with every property of every record, all with the same value.</summary>
    private static string Every(string value) => "{" + string.Join(",", FieldNames.Select(name => $"\"{name}\":{value}")) + "}";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
