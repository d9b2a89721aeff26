using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.Plan.Up;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Session;

/// <summary>
/// Adds to the lists what planning needs more: inspections of containers whose hash matches no rule, with their images; of images
/// whose age or platform matters; of networks that changed; and the containers that use volumes that changed.
/// </summary>
internal sealed class ProjectObserver(StateReader reader)
{
    public async Task<ObservedProject> CompleteAsync(ObservedProject listed, CancellationToken cancellationToken)
    {
        var context = listed.Context();
        var state = await AddNetworksAsync(context, listed.State, cancellationToken).ConfigureAwait(false);
        state = await AddVolumeUsersAsync(context, state, cancellationToken).ConfigureAwait(false);
        return listed with { State = await AddContainersAsync(context, state, cancellationToken).ConfigureAwait(false) };
    }

    private async Task<ObservedState> AddNetworksAsync(
        PlanContext context, ObservedState state, CancellationToken cancellationToken)
    {
        var drifted = context.Project.Networks.Values.Where(network => NetworkPlanner.Drift(context, network) is not null)
            .Select(network => NetworkPlanner.Find(context, network)!.Id)
            .ToList();
        return drifted.Count == 0
            ? state
            : await reader.InspectNetworksAsync(state, drifted, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObservedState> AddVolumeUsersAsync(
        PlanContext context, ObservedState state, CancellationToken cancellationToken)
    {
        var drifted = context.Project.Volumes.Values.Where(volume => VolumePlanner.Drift(context, volume) is not null)
            .Select(volume => volume.Name)
            .ToList();
        return drifted.Count == 0
            ? state
            : await reader.ListVolumeUsersAsync(state, drifted, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObservedState> AddContainersAsync(
        PlanContext context, ObservedState state, CancellationToken cancellationToken)
    {
        var services = context.Project.Services.Values;
        var unknown = services
            .SelectMany(service =>
                state.Replicas(service.Name)
                    .Where(container => !ReplicaRules.HasKnownHash(context, service, container))
                    .Select(container => (Service: service, Container: container)))
            .ToList();
        var images = unknown.Select(pair => pair.Service).Concat(services.Where(LocalImage.NeedsInspect))
            .Select(context.Project.ImageOf).Distinct().Where(image => state.Image(image) is not null).ToList();
        return unknown.Count == 0 && images.Count == 0
            ? state
            : await reader.InspectAsync(state, [.. unknown.Select(pair => pair.Container.Id)], images, cancellationToken)
                .ConfigureAwait(false);
    }
}
