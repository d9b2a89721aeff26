using System.Text;
using System.Text.Json.Nodes;

namespace Compose.Tests.Execute.Faults;

/// <summary>The faults that can happen to a request.</summary>
internal enum FaultKind
{
    ClosedBefore,
    Reset,
    EffectWithoutAnswer,
    CutAfterHead,
    CutInBody,
    Refused,
    WebPage,
    NotFound,
    Conflict,
    Unavailable,
    Slow,
    AnswerWithoutEffect,
    Garbage,
}

/// <summary>An answer: the head and the body to send.</summary>
internal sealed record FaultReply(byte[] Head, byte[] Body, bool Closes = false)
{
    /// <summary>The head of a stream of events.</summary>
    public static readonly byte[] StreamHead = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");

    /// <summary>A stream of events that will be cut off.</summary>
    public static readonly FaultReply Events = new(
        StreamHead, Encoding.ASCII.GetBytes("20\r\n{\"Type\":\"container\",\"Action\":\"st"));

    public byte[] Whole => [.. Head, .. Body];

    public static FaultReply Of(int status, JsonNode? body) => Of(status, "application/json", body?.ToJsonString() ?? "");

    public static FaultReply Of(int status, string type, string body)
    {
        var content = Encoding.UTF8.GetBytes(body);
        var length = status is 204 or 304 ? "" : $"Content-Length: {content.Length}\r\n";
        var head = $"HTTP/1.1 {status} X\r\nApi-Version: 1.45\r\nOSType: linux\r\nContent-Type: {type}\r\n{length}\r\n";
        return new FaultReply(Encoding.ASCII.GetBytes(head), content);
    }

    /// <summary>The answer for the fault; null if the engine has to receive the request first.</summary>
    public static FaultReply? Of(FaultKind kind, FaultRequest request) => kind switch
    {
        FaultKind.Refused => Of(500, new JsonObject { ["message"] = "an injected failure" }),
        FaultKind.WebPage => Of(500, "text/html", "<html><body>an injected page</body></html>"),
        FaultKind.NotFound => Of(404, new JsonObject { ["message"] = NotFound(request) }),
        FaultKind.Conflict => Of(409, new JsonObject { ["message"] = "an injected conflict" }),
        FaultKind.Unavailable => Of(503, new JsonObject { ["message"] = "an injected lack" }),
        FaultKind.Garbage => Of(200, "application/json", "{\"Id\":[\"x"),
        FaultKind.AnswerWithoutEffect => request.Method switch
        {
            _ when request.Path.EndsWith("/create", StringComparison.Ordinal) =>
                Of(201, new JsonObject { ["Id"] = new string('e', 64), ["Warnings"] = new JsonArray() }),
            "GET" when request.Path == "/volumes" => Of(200, new JsonObject { ["Volumes"] = new JsonArray() }),
            "GET" => Of(200, "application/json", request.IsStream ? "" : "[]"),
            _ => Of(204, null),
        },
        _ => null,
    };

    private static string NotFound(FaultRequest request) => request.Path.Split('/')[1] switch
    {
        "containers" => "No such container: injected",
        "networks" => "network injected not found",
        "volumes" => "get injected: no such volume",
        _ => "page not found",
    };
}
