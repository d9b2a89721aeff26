using System.Text.RegularExpressions;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Running;

/// <summary>
/// Says who has the name a container could not get. A container of the same project may be another run's work, and up plans
/// again; anything else keeps the name, however often it is asked for.
/// </summary>
internal static class NameConflict
{
    private static readonly Regex Holder = new("in use by container \"?(?<id>[0-9a-f]{12,64})", RegexOptions.CultureInvariant);

    public static async Task<T> ExplainAsync<T>(
        EngineClient engine, string project, string name, Task<T> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.NameInUse.Id
            && Holder.Match(exception.Info.Message) is { Success: true } match)
        {
            var id = match.Groups["id"].Value;
            var inspected = engine.Containers.InspectAsync(id, cancellationToken);
            if (await StateReader.PresentAsync(inspected).ConfigureAwait(false) is { } holder
                && Owner(holder, project) is { } owner)
                throw ExecuteErrors.NameHeld.Exception(
                    $"The container name '{name}' is taken: container {id.Substring(0, 12)} of {owner} has it.", name,
                    inner: exception);
            throw;
        }
    }

    /// <summary>What a container is of that will keep its name; null for one of the project itself.</summary>
    private static string? Owner(ContainerInspect holder, string project)
    {
        var labels = holder.Config.Labels ?? new Dictionary<string, string>();
        return !labels.TryGetValue(ComposeLabels.Project, out var other) ? "no project"
            : other != project ? $"project '{other}'"
            : labels.ContainsKey(ComposeLabels.ConfigHash) || labels.ContainsKey(ComposeLabels.Hook) ? null
            : "no service";
    }
}
