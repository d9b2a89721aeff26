using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Running;

/// <summary>
/// Explains which container already has a name. If it belongs to the same project, another run may have made it, and up plans
/// again; any other container keeps the name, so a retry is useless.
/// </summary>
internal static class NameConflict
{
    public static async Task<T> ExplainAsync<T>(
        EngineClient engine, string project, string name, Task<T> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.NameInUse.Id
            && exception.NameHolder is string id)
        {
            var inspected = engine.Containers.InspectAsync(id, cancellationToken);
            if (await StateReader.PresentAsync(inspected).ConfigureAwait(false) is { } holder
                && Owner(holder, project) is { } owner)
                throw ExecuteErrors.NameHeld.Exception(
                    $"The container name '{name}' is taken: container {id.Substring(0, 12)} of {owner} has it.", name,
                    inner: exception);
            throw;
        }
    }

    /// <summary>The owner of a container of another project, or of none; null for a container of this project.</summary>
    private static string? Owner(ContainerInspect holder, string project)
    {
        var labels = holder.Config.Labels ?? new Dictionary<string, string>();
        return !labels.TryGetValue(ComposeLabels.Project, out var other) ? "no project"
            : other != project ? $"project '{other}'"
            : labels.ContainsKey(ComposeLabels.ConfigHash) || labels.ContainsKey(ComposeLabels.Hook) ? null
            : "no service";
    }
}
