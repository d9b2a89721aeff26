using Compose.Errors;
using Compose.Events;
using Compose.Images.Build;
using Compose.Model;

namespace Compose.Execute.Watch;

/// <summary>Reads the watch rules of a project's services.</summary>
internal static class WatchRules
{
    private static readonly string[] Actions = ["sync", "rebuild", "restart", "sync+restart", "sync+exec"];

    /// <summary>
    /// All rules. Files that a bind mount provides are not copied: their rule only runs its command or is skipped, with a
    /// warning.
    /// </summary>
    /// <exception cref="ComposeException">NothingToWatch, or a rule that lacks what its action needs.</exception>
    public static IReadOnlyList<WatchRule> Of(ComposeProject project, IEventSink sink)
    {
        var rules = new List<WatchRule>();
        foreach (var service in project.Services.Values)
        {
            var (context, ignore) = service.Build is { } build && Directory.Exists(build.Context)
                ? (build.Context, BuildContext.IgnoreText(build))
                : ("", "");
            foreach (var watch in Watched(project, service, sink))
            {
                Check(service, watch);
                var mounted = watch.Action.StartsWith("sync", StringComparison.Ordinal) && IsMounted(service, watch.Path);
                var executes = watch.Action == "sync+exec";
                if (mounted)
                    sink.Emit(
                        new WarningEvent(
                            $"'{watch.Path}' of service {service.Name} is bind-mounted already, and is not "
                                + $"{(executes ? "copied" : "watched")}."));
                if (!mounted || executes)
                    rules.Add(new WatchRule(service.Name, watch, context, ignore) { IsMounted = mounted });
            }
        }

        return rules.Count > 0
            ? rules
            : throw WatchErrors.NothingToWatch.Exception(
                $"No service of project '{project.Name}' says what to watch.", project.Name);
    }

    /// <summary>A service's watch definitions, also under the older extension names, with a warning.</summary>
    private static IReadOnlyList<WatchDefinition> Watched(ComposeProject project, ServiceDefinition service, IEventSink sink)
    {
        var watches = service.Develop?.Watch;
        if (watches is null && service.LegacyDevelop is { } legacy)
        {
            sink.Emit(
                new WarningEvent($"{service.Origin}: x-develop of service '{service.Name}' is an old name; write develop."));
            watches = [
                .. legacy.Watch.Select(watch =>
                    watch with { Path = Path.GetFullPath(Path.Combine(project.WorkingDirectory, watch.Path)) })];
        }

        if (watches?.Any(watch => watch.LegacyInitialSync) == true)
            sink.Emit(
                new WarningEvent(
                    $"{service.Origin}: x-initialSync of service '{service.Name}' is an old name; write initial_sync."));
        return [.. (watches ?? []).Select(watch => watch with { InitialSync = watch.InitialSync || watch.LegacyInitialSync })];
    }

    private static void Check(ServiceDefinition service, WatchDefinition watch)
    {
        if (!Actions.Contains(watch.Action))
            throw WatchErrors.UnknownAction.Exception(
                $"{service.Origin}: service '{service.Name}' watches '{watch.Path}' with the unknown action '{watch.Action}'.",
                service.Name);
        if (watch.Action == "rebuild" && service.Build is null)
            throw WatchErrors.NeedsBuild.Exception(
                $"{service.Origin}: service '{service.Name}' cannot be rebuilt for '{watch.Path}': it has no build.",
                service.Name);
        if (watch.Action == "sync+exec" && watch.Exec is not { Command.Count: > 0 })
            throw WatchErrors.NeedsCommand.Exception(
                $"{service.Origin}: service '{service.Name}' names no command to run after '{watch.Path}' is copied.",
                service.Name);
        if (watch.Action.StartsWith("sync", StringComparison.Ordinal) && watch.Target is not { Length: > 0 })
            throw WatchErrors.NeedsTarget.Exception(
                $"{service.Origin}: service '{service.Name}' does not say where '{watch.Path}' is copied to.", service.Name);
    }

    /// <summary>The project to bring up before watching: services that are watched and have a build are built again.</summary>
    public static ComposeProject BuildingWatched(ComposeProject project) => project with
    {
        Services = project.Services.ToDictionary(
            entry => entry.Key,
            entry =>
                entry.Value is { Build: not null } service && (service.Develop ?? service.LegacyDevelop) is not null
                    ? service with { PullPolicy = "build" }
                    : entry.Value,
            StringComparer.Ordinal),
    };

    private static bool IsMounted(ServiceDefinition service, string path) =>
        service.Volumes.Any(mount =>
            mount is { Type: "bind", Source: { } source } && WatchRule.Relative(source, path) is not null);
}
