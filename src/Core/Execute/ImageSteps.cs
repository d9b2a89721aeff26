using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Plan;
using Compose.State;

namespace Compose.Execute;

/// <summary>The steps of the first stage.</summary>
internal static class ImageSteps
{
    public static async Task PullAsync(EngineClient engine, PullImage pull, IEventSink sink, CancellationToken cancellationToken)
    {
        var name = ImageName.Familiar(pull.Image);
        var digest = name.IndexOf('@');
        var cut = digest >= 0 ? digest : name.LastIndexOf(':');
        await foreach (var message in engine.Images.PullAsync(name.Substring(0, cut), name.Substring(cut + 1), pull.Platform, null, cancellationToken).ConfigureAwait(false))
        {
            if (message.Error is { } error)
                throw EngineFailure.FromStream(error, pull.Image);
            sink.Emit(new ProgressEvent(message.Id ?? pull.Target, message.Id is null ? null : pull.Target, "Pulling", message.Status ?? "", message.Detail?.Current, message.Detail?.Total, false));
        }
    }

    public static Task BuildAsync(EngineClient engine, BuildImage build, IEventSink sink, CancellationToken cancellationToken) =>
        throw ExecuteErrors.CannotBuild.Exception($"Building {build.Image} is not carried out yet.", build.Image);
}
