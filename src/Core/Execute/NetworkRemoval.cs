using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Plan;
using Compose.State;

namespace Compose.Execute;

/// <summary>Removes a network. One that somebody else's container is on stays, with a warning, where the plan can do without.</summary>
internal static class NetworkRemoval
{
    public static async Task RunAsync(EngineClient engine, RemoveNetwork remove, Removal removal, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await removal.RetryAsync(
                () => removal.IfPresentAsync(engine.Networks.RemoveAsync(remove.NetworkId, cancellationToken)), EngineErrors.NetworkInUse, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (remove.Optional && exception.Info.Id == EngineErrors.NetworkInUse.Id)
        {
            var network = await StateReader.PresentAsync(engine.Networks.InspectAsync(remove.NetworkId, cancellationToken)).ConfigureAwait(false);
            var users = (network?.Containers ?? new Dictionary<string, NetworkContainer>()).Select(user => user.Value.Name ?? user.Key).OrderBy(name => name, StringComparer.Ordinal).ToList();
            sink.Emit(new WarningEvent($"Network {remove.Network} stays: {(users.Count == 0 ? "it is still in use" : "still on it: " + string.Join(", ", users))}."));
        }
    }
}
