using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Plan;
using Compose.State.Reading;

namespace Compose.Execute.Running;

/// <summary>Removes a network. If that is optional, a network in use is kept, with a warning.</summary>
internal static class NetworkRemoval
{
    public static async Task RunAsync(
        EngineClient engine,
        RemoveNetwork remove,
        RemovalRetry removal,
        IEventSink sink,
        CancellationToken cancellationToken)
    {
        try
        {
            await removal.RetryAsync(RemoveAsync, EngineErrors.NetworkInUse, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (remove.Optional && exception.Info.Id == EngineErrors.NetworkInUse.Id)
        {
            var inspected = engine.Networks.InspectAsync(remove.NetworkId, cancellationToken);
            var users = Users(await StateReader.PresentAsync(inspected).ConfigureAwait(false));
            var reason = users.Count == 0 ? "it is still in use" : "still on it: " + string.Join(", ", users);
            sink.Emit(new WarningEvent($"Network {remove.Network} stays: {reason}."));
        }

        Task RemoveAsync() => removal.IfPresentAsync(engine.Networks.RemoveAsync(remove.NetworkId, cancellationToken));
    }

    private static List<string> Users(NetworkResource? network)
    {
        var containers = network?.Containers ?? new Dictionary<string, NetworkContainer>();
        return [.. containers.Select(user => user.Value.Name ?? user.Key).OrderBy(name => name, StringComparer.Ordinal)];
    }
}
