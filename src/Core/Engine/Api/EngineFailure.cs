using System.Globalization;
using System.Text.RegularExpressions;
using Compose.Engine.Dto;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>
/// Turns an engine's error answer into an error with a stable id: from its message where that is more exact, else from its
/// status.
/// </summary>
internal static class EngineFailure
{
    private static readonly Regex PortTaken = new(
        @"(?:Bind for \S+ failed: port is already allocated"
            + @"|listen (?:tcp|udp)\S* \S+: bind: address already in use"
            + @"|failed to bind host port .*address already in use)",
        RegexOptions.CultureInvariant);

    // "Bind for 0.0.0.0:80 failed", "listen tcp4 0.0.0.0:80: bind", "failed to bind host port for 0.0.0.0:80:172.17.0.2:80/tcp"
    // (engine 28), "failed to bind host port 0.0.0.0:80/tcp" (engine 29).
    private static readonly Regex PortNumber = new(
        @"(?:Bind for|listen (?:tcp|udp)\S*) \S*:(?<port>\d+)(?: failed|: bind)"
            + @"|bind host port (?:for )?(?:\[[^\]\s]*\]|[^:\s]*):(?<port>\d+)",
        RegexOptions.CultureInvariant);
    private static readonly Regex HolderId =
        new("in use by container \"?(?<id>[0-9a-f]{12,64})", RegexOptions.CultureInvariant);

    /// <summary>
    /// The error for a status that is neither success nor failure: engines never redirect, and send 101 only for an upgrade.
    /// </summary>
    public static ComposeException Unexpected(int status, string? location, string subject)
    {
        var message = status < 300
            ? $"Status {status} came back, which is no answer to what was asked."
            : $"A redirect came back, not an engine's answer: status {status}{(location is null ? "" : $", to '{location}'")}.";
        return EngineErrors.Protocol.Exception(message, subject, EngineErrors.NoEngineThere);
    }

    public static ComposeException From(int status, byte[] body, string subject)
    {
        var message = Message(body) ?? $"The engine answered with status {status}.";
        if (message.StartsWith("<", StringComparison.Ordinal))
        {
            return new EngineException(status, EngineErrors.Protocol.Info(
                $"A web page came back, with status {status}, and not an engine's answer.", subject, EngineErrors.NoEngineThere));
        }

        var definition = Definition(status, message);
        return new EngineException(status, definition.Info(EngineText.Sanitize(message), subject))
        {
            Refusal = Refusal(status, message),
            NameHolder = definition == EngineErrors.NameInUse ? Holder(message) : null,
            HostPort = definition == EngineErrors.PortInUse ? Port(message) : null,
        };
    }

    /// <summary>
    /// The error for an answer that did not come in time. For a change, the message says that it may have been made anyway.
    /// </summary>
    /// <param name="host">The endpoint's address in Docker's form.</param>
    /// <param name="verb">The requested change, such as create; null for a request that only reads.</param>
    /// <param name="subject">The name or id the request was about.</param>
    /// <param name="length">The time limit that ran out.</param>
    /// <param name="inner">The exception that ended the wait.</param>
    public static ComposeException Late(string host, string? verb, string subject, TimeSpan length, Exception inner)
    {
        var (request, after) = verb switch
        {
            null => ($"for '{subject}'", ""),
            "create" => ($"to create '{subject}'", $" '{subject}' may exist all the same."),
            _ => ($"to {verb} '{subject}'", " It may be done all the same."),
        };
        return EngineErrors.NoAnswer.Exception(
            $"The engine at {host} did not answer the request {request} within {TimeLimit.Format(length)}.{after}",
            subject, EngineErrors.WaitLonger, inner);
    }

    private static ErrorDefinition Definition(int status, string message)
    {
        if (PortTaken.IsMatch(message))
            return EngineErrors.PortInUse;
        if (Has(message, "no space left on device"))
            return EngineErrors.NoSpace;
        if (status == 409 && Has(message, "already in progress"))
            return EngineErrors.RemovalUnderWay;
        if (Has(message, "has active endpoints"))
            return EngineErrors.NetworkInUse;
        if (Has(message, "is not connected to the network") || Has(message, "is not connected to network"))
            return EngineErrors.NotConnected;
        if (Has(message, "already exists in network"))
            return EngineErrors.AlreadyConnected;
        if (Has(message, "same name as its current name"))
            return EngineErrors.HasThatName;
        if (Has(message, "unable to remove filesystem"))
            return EngineErrors.RemovalUnfinished;
        if (Swarm(message) is { } swarm)
            return swarm;
        // The container is being removed: its files are already deleted.
        if (status == 500 && Has(message, ".tmp-config") && Has(message, "no such file"))
            return EngineErrors.ContainerNotFound;
        return status switch
        {
            400 when Has(message, "HTTP request to an HTTPS server") => TlsErrors.TlsWanted,
            400 => Has(message, "is ambiguous") ? EngineErrors.Conflict : EngineErrors.BadRequest,
            401 or 403 => EngineErrors.NotAuthorized,
            404 => NotFound(message),
            409 => Has(message, "is already in use by container") ? EngineErrors.NameInUse : EngineErrors.Conflict,
            _ => EngineErrors.Refused,
        };
    }

    private static ErrorDefinition? Swarm(string message) =>
        Has(message, "not a swarm manager")
            ? (Has(message, "Worker nodes") ? EngineErrors.SwarmWorker : EngineErrors.NoSwarm)
        : Has(message, "swarm does not have a leader") ? EngineErrors.NoSwarmLeader
        : Has(message, "update out of sequence") ? EngineErrors.OutOfSequence
        : Has(message, "is in use by") && (Has(message, "service") || Has(message, "task")) ? EngineErrors.UsedByService
        : Has(message, "name conflicts with an existing object") ? EngineErrors.NameInUse
        : null;

    /// <summary>What a caller may act on, besides the error's id: the words that engines have for it.</summary>
    private static EngineRefusal Refusal(int status, string message) =>
        message.IndexOf("marked read-only", StringComparison.Ordinal) >= 0 ? EngineRefusal.ReadOnly
        : message.EndsWith("not a directory", StringComparison.Ordinal) ? EngineRefusal.NotADirectory
        : status == 501 || message.IndexOf("does not support reading", StringComparison.Ordinal) >= 0
            ? EngineRefusal.NotSupported
        : Has(message, "unable to find") ? EngineRefusal.UnknownUser
        : EngineRefusal.Other;

    private static string? Holder(string message) =>
        HolderId.Match(message) is { Success: true } match ? match.Groups["id"].Value : null;

    private static int? Port(string message) =>
        PortNumber.Match(message).Groups["port"].Value is { Length: > 0 } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    private static ErrorDefinition NotFound(string message) =>
        Has(message, "No such container") ? EngineErrors.ContainerNotFound
        : Has(message, "No such image")
            || Has(message, "manifest unknown")
            || Has(message, "pull access denied") ? EngineErrors.ImageNotFound
        : Has(message, "network") ? EngineErrors.NetworkNotFound
        : Has(message, "no such volume") ? EngineErrors.VolumeNotFound
        : EngineErrors.NotFound;

    private static bool Has(string message, string words) => message.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;

    private static string? Message(byte[] body)
    {
        var answer = EngineAnswer.ReadOrNull(body, EngineJson.Default.MessageResponse);
        return answer is not null || body.Length == 0
            ? answer?.Message?.Trim()
            : System.Text.Encoding.UTF8.GetString(body).Trim();
    }
}

/// <summary>
/// A failed request of Docker.DotNet. <see cref="EngineCalls"/> makes the error of it, since only there the subject is known.
/// </summary>
/// <param name="about">Makes the error for a given subject.</param>
internal sealed class RefusedAnswerException(Func<string, ComposeException> about) : Exception
{
    public Func<string, ComposeException> About { get; } = about;
}

/// <summary>An error answer of the engine, with its HTTP status.</summary>
internal sealed class EngineException(int status, ErrorInfo info) : ComposeException(info)
{
    public int Status { get; } = status;

    /// <summary>The kind of the refusal, for callers that have an answer to it.</summary>
    public EngineRefusal Refusal { get; init; }

    /// <summary>The id of the container that has a name already, at least its first 12 digits; null if it is not known.</summary>
    public string? NameHolder { get; init; }

    /// <summary>The port that is taken already; null if that is not known.</summary>
    public int? HostPort { get; init; }
}
