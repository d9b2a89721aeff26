using Compose.Errors;
using Compose.Files;
using Compose.Model;
using Compose.Model.Origins;
using Compose.Plan.Prepare;

namespace Compose.Swarm.Specs;

/// <summary>Collects the warnings and refusals of a stack, each with its place.</summary>
internal sealed class SpecFindings(ComposeProject project, StackRequest request)
{
    private readonly List<string> _warnings = [];
    private readonly List<ErrorInfo> _refusals = [];

    /// <summary>In the order of the file, as far as they are of one.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings.Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<ErrorInfo> Refusals => _refusals;

    public void Warn(Origin origin, string message) => _warnings.Add($"{origin}: {message}");

    public void Refuse(ErrorDefinition error, Origin origin, string message, string target) =>
        _refusals.Add(error.Info($"{origin}: {message}", target));

    /// <summary>The place of an attribute of a service, or of the nearest one above it.</summary>
    public Origin Place(ServiceDefinition service, params string[] path) =>
        project.OriginOf(["services", service.Name, .. path]) is { File: not null } found ? found : service.Origin;

    /// <summary>Runs a check that throws, and keeps what it refuses.</summary>
    public void Run(Action check)
    {
        try
        {
            check();
        }
        catch (ComposeException refused)
        {
            _refusals.Add(refused.Info);
        }
    }

    /// <summary>Whether the engine knows a setting; if not, a warning says that it is left out.</summary>
    public bool Knows(int sinceMinor, Origin origin, string setting)
    {
        if (request.ApiMinor >= sinceMinor)
            return true;
        Warn(origin, $"{setting} needs API 1.{sinceMinor}, and the engine has 1.{request.ApiMinor}; it is left out.");
        return false;
    }

    /// <summary>Refuses what the engine is too old for, by the rules that hold without a swarm, too.</summary>
    public void CheckEngine(ServiceDefinition service) => Run(() => EngineFeatureCheck.CheckTask(service, request.ApiMinor));
}
