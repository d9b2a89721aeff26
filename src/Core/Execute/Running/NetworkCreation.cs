using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;

namespace Compose.Execute.Running;

/// <summary>
/// Creates a network once, although two runs may create it at the same time. Both runs then find two networks of the name and
/// keep the same one.
/// </summary>
internal static class NetworkCreation
{
    public static async Task RunAsync(
        EngineClient engine, NetworkResource request, IEventSink sink, CancellationToken cancellationToken)
    {
        var created = await engine.Networks.CreateAsync(request, cancellationToken).ConfigureAwait(false);
        var found = await engine.Networks.ListAsync(new Filters().With("name", request.Name), cancellationToken)
            .ConfigureAwait(false);
        var kept = found.Where(network => network.Name == request.Name)
            .OrderBy(network => network.Created, StringComparer.Ordinal).ThenBy(network => network.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        if (kept is null)
            throw ExecuteErrors.WithoutEffect.Exception(
                $"The engine said that it created network {request.Name}, and it is not there.", request.Name);
        if (kept.Id == created)
            return;
        await engine.Networks.RemoveAsync(created, cancellationToken).ConfigureAwait(false);
        sink.Emit(new VerboseEvent($"Another run created network {request.Name} at the same time; its network is used."));
    }
}
