using Compose.Errors;
using Compose.Events;
using Compose.Images;
using Compose.Model;

namespace Compose.Execute.Watch;

/// <summary>The rules of a project's services.</summary>
internal static class WatchRules
{
    /// <summary>All rules; a path that a bind mount already brings is left out with a warning.</summary>
    /// <exception cref="ComposeException">NothingToWatch, WatchNeedsBuild or WatchNeedsCommand.</exception>
    public static IReadOnlyList<WatchRule> Of(ComposeProject project, IEventSink sink)
    {
        var rules = new List<WatchRule>();
        foreach (var service in project.Services.Values)
        {
            var (context, ignore) = service.Build is { } build && Directory.Exists(build.Context) ? (build.Context, BuildContext.IgnoreText(build)) : ("", "");
            foreach (var watch in service.Develop?.Watch ?? [])
            {
                Check(service, watch);
                var rule = new WatchRule(service.Name, watch, context, ignore);
                if (rule.Syncs && IsMounted(service, watch.Path))
                    sink.Emit(new WarningEvent($"'{watch.Path}' of service {service.Name} is bind-mounted already, and is not watched."));
                else
                    rules.Add(rule);
            }
        }

        return rules.Count > 0 ? rules : throw WatchErrors.NothingToWatch.Exception($"No service of project '{project.Name}' says what to watch.", project.Name);
    }

    private static void Check(ServiceDefinition service, WatchDefinition watch)
    {
        if (watch.Action == "rebuild" && service.Build is null)
            throw WatchErrors.NeedsBuild.Exception($"{service.Origin}: service '{service.Name}' cannot be rebuilt for '{watch.Path}': it has no build.", service.Name);
        if (watch.Action == "sync+exec" && watch.Exec is not { Command.Count: > 0 })
            throw WatchErrors.NeedsCommand.Exception($"{service.Origin}: service '{service.Name}' names no command to run after '{watch.Path}' is copied.", service.Name);
    }

    private static bool IsMounted(ServiceDefinition service, string path) =>
        service.Volumes.Any(mount => mount is { Type: "bind", Source: { } source } && WatchRule.Relative(source, path) is not null);
}
