using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Plan.Input;

namespace Compose.Tests.Support;

internal static class ProjectRemoval
{
    /// <summary>Removes a project by name. Does nothing if it does not exist.</summary>
    public static async Task<ExecutionReport> RemoveAsync(
        this ProjectSession session, string project, bool volumes, IEventSink sink)
    {
        var request = new DownRequest { ProjectName = project, Volumes = volumes, RemoveOrphans = true, Timeout = TimeSpan.Zero };
        try
        {
            var plan = await session.Plans.DownAsync(request, CancellationToken.None);
            return await session.ExecuteAsync(plan, new ExecuteOptions(), sink, CancellationToken.None);
        }
        catch (ComposeException exception) when (exception.Info.Id == StateErrors.ProjectNotFound.Id)
        {
            return new ExecutionReport { EngineHost = session.EngineHost, ProjectName = project };
        }
    }
}
