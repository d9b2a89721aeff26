using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Faults;

/// <summary>The engine behind a <see cref="FaultProxy"/>.</summary>
internal interface IFaultBackend
{
    Task<FaultReply> AnswerAsync(FaultRequest request);

    /// <summary>Answers a request for events until the client disconnects.</summary>
    Task StreamAsync(FaultRequest request, Stream client);
}

/// <summary>A proxy in front of an engine, which injects a fault into one request.</summary>
internal sealed partial class FaultProxy : IDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IFaultBackend _backend;
    private readonly List<string> _seen = [];
    private FaultKind? _kind;
    private Func<string, bool> _meets = _ => false;

    public FaultProxy(IFaultBackend backend)
    {
        _backend = backend;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Host => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The requests since the fault was set.</summary>
    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    /// <summary>The last error in the proxy itself.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>Injects the fault into the request with this number, counted from 1 from now on; null for none.</summary>
    public void Arm(FaultKind? kind, int at) => Arm(kind, _ => _seen.Count == at);

    /// <summary>Injects the fault into the next request whose method and path end like this.</summary>
    public void Arm(FaultKind kind, string request) =>
        Arm(
            kind,
            seen =>
                seen.EndsWith(request, StringComparison.Ordinal)
                    && _seen.Count(one => one.EndsWith(request, StringComparison.Ordinal)) == 1);

    private void Arm(FaultKind? kind, Func<string, bool> meets)
    {
        lock (_seen)
        {
            _seen.Clear();
            (_kind, _meets) = (kind, meets);
        }
    }

    public void Dispose() => _listener.Stop();

    private FaultKind? Next(FaultRequest request)
    {
        lock (_seen)
        {
            _seen.Add($"{request.Method} {request.Path}");
            return _meets(_seen[^1]) ? _kind : null;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.NextClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener is closed, because the test has ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await FaultRequest.ReadAsync(stream) is { } request && await OneAsync(client, stream, request))
                    continue;
            }
            catch (Exception exception)
            {
                // The client has disconnected, or the engine did not answer; a failing test reports which.
                Problem = exception;
            }
        }
    }

    /// <summary>Whether the connection carries another request.</summary>
    private async Task<bool> OneAsync(TcpClient client, NetworkStream stream, FaultRequest request)
    {
        var kind = Next(request);
        if (kind == FaultKind.ClosedBefore)
            return false;
        if (kind == FaultKind.Reset)
        {
            client.LingerState = new LingerOption(true, 0);
            return false;
        }

        if (kind == FaultKind.Slow)
            await Task.Delay(Slow);
        if (kind is { } fault && FaultReply.Of(fault, request) is { } made)
        {
            await stream.WriteAsync(made.Whole);
            return true;
        }

        if (request.IsStream && kind is null or FaultKind.Slow)
        {
            var gone = stream.ReadAsync(new byte[1]).AsTask();
            await Task.WhenAny(_backend.StreamAsync(request, stream), gone);
            return false;
        }

        var reply = request.IsStream ? FaultReply.Events : await _backend.AnswerAsync(request);
        var sent = kind switch
        {
            FaultKind.EffectWithoutAnswer => [],
            FaultKind.CutAfterHead => reply.Head,
            FaultKind.CutInBody => reply.Whole[..(reply.Head.Length + (reply.Body.Length / 2))],
            _ => reply.Whole,
        };
        await stream.WriteAsync(sent);
        return kind is null or FaultKind.Slow && !reply.Closes;
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed partial record FaultRequest(string Method, string Target, string Head, byte[] Body)
{
    /// <summary>The path below the API's version.</summary>
    public string Path => Uri.UnescapeDataString(Version().Replace(Target.Split('?')[0], ""));

    public bool IsStream => Path == "/events";

    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    public string? Query(string name) => Target.Contains('?', StringComparison.Ordinal)
        ? Target.Split('?')[1]
            .Split('&')
            .Select(pair => pair.Split('='))
            .Where(pair => pair[0] == name)
            .Select(pair => Uri.UnescapeDataString(pair[1]))
            .FirstOrDefault()
        : null;

    /// <summary>Whether the request's filters match an object of the engine.</summary>
    public bool Selects(JsonObject one)
    {
        if (Query("filters") is not { } text)
            return true;
        var filters = (JsonObject)JsonNode.Parse(text)!;
        var labels = (one["Config"]?["Labels"] ?? one["Labels"]) as JsonObject ?? [];
        return Values(filters, "label")
            .All(label =>
                label.Split('=', 2) is var pair
                    && labels[pair[0]]?.ToString() is { } value
                    && (pair.Length < 2 || pair[1] == value))
            && Values(filters, "name").All(name => one["Name"]!.ToString().Contains(name, StringComparison.Ordinal));
    }

    public static async Task<FaultRequest?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(octet) == 0)
                return null;
            head.Append((char)octet[0]);
        }

        var body = new byte[
            int.Parse(
                Length().Match(head.ToString()) is { Success: true } length ? length.Groups[1].Value : "0",
                System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        var line = head.ToString().Split(' ', 3);
        return new FaultRequest(line[0], line[1], head.ToString(), body);
    }

    private static IEnumerable<string> Values(JsonObject filters, string name) => filters[name] switch
    {
        JsonArray list => list.Select(value => value!.ToString()),
        JsonObject set => set.Select(value => value.Key),
        _ => [],
    };

    [GeneratedRegex(@"^/v[0-9.]+")]
    private static partial Regex Version();

    [GeneratedRegex(@"(?i)\r\ncontent-length: *(\d+)")]
    private static partial Regex Length();
}
