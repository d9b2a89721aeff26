using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.State;
using Compose.State.Choosing;
using Compose.State.Reading;
using Compose.Streams;
using Compose.Streams.Events;
using Compose.Streams.Stats;

namespace Compose.Execute.Session;

/// <summary>What the containers of a project do and use.</summary>
internal sealed partial class ProjectSession
{
    /// <summary>
    /// Emits a project's events as <see cref="ComposeEngineEvent"/> results. A service nothing is known of is refused.
    /// </summary>
    public async Task ReadEventsAsync(EventRequest request, IEventSink sink, CancellationToken cancellationToken)
    {
        if (request.Follow)
            await ChooseAsync(request.Choice, all: true, cancellationToken).ConfigureAwait(false);
        var told = await new EventReader(Engine, sink).ReadAsync(request, Now, cancellationToken).ConfigureAwait(false);
        if (told == 0 && !request.Follow)
            await ChooseAsync(request.Choice, all: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Emits what containers use as <see cref="ComposeStats"/> results: once, or again and again.</summary>
    /// <param name="choice">Which containers.</param>
    /// <param name="all">Whether stopped ones count.</param>
    /// <param name="follow">Whether to stay, until cancelled.</param>
    /// <param name="sink">Takes them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadStatsAsync(
        ContainerChoice choice, bool all, bool follow, IEventSink sink, CancellationToken cancellationToken)
    {
        var chosen = await ChooseAsync(choice, all: true, cancellationToken).ConfigureAwait(false);
        var reader = new StatsReader(Engine, sink);
        if (follow)
            await reader.FollowAsync(Feed(choice.ProjectName), choice, cancellationToken).ConfigureAwait(false);
        else
            await reader.ReadAsync([.. chosen.Where(container => all || container.IsUp)], cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>
    /// Emits the processes of running containers as <see cref="ComposeProcess"/> results; one that cannot tell is an error, the
    /// others go on.
    /// </summary>
    public async Task ReadProcessesAsync(ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        var chosen = await LiveAsync(choice, cancellationToken).ConfigureAwait(false);
        var tables = await Task.WhenAll(
            chosen.Select(container => TriedAsync(Engine.Containers.TopAsync(container.Id, cancellationToken), sink)))
                .ConfigureAwait(false);
        foreach (var (container, table) in chosen.Zip(tables, (container, table) => (container, table)))
        {
            if (table is null)
                continue;
            foreach (var process in ProcessTable.Read(table, container))
                await sink.EmitAsync(new ResultEvent(process), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The published ports of running containers; of one port, those of the replica asked for, else of the service's first.
    /// </summary>
    public async Task<IReadOnlyList<ComposePort>> GetPortsAsync(
        ContainerChoice choice, int? privatePort, string? protocol, CancellationToken cancellationToken)
    {
        var live = await LiveAsync(choice, cancellationToken).ConfigureAwait(false);
        if (privatePort is not { } port)
            return [.. PortReading.All(live, protocol)];
        var firsts = choice.Containers.Count > 0
            ? live
            : [
                .. live.Where(container => !container.OneOff)
                .GroupBy(container => container.Service)
                .Select(service => service.First())];
        return [.. firsts.SelectMany(container => PortReading.Of(container, port, protocol ?? "tcp"))];
    }

    /// <summary>The containers meant, in order.</summary>
    private async Task<IReadOnlyList<ComposeContainer>> ChooseAsync(
        ContainerChoice choice, bool all, CancellationToken cancellationToken) =>
        [.. choice.Of(await ListedAsync(choice, cancellationToken).ConfigureAwait(false))
            .Where(container => all || container.IsUp)];

    /// <summary>All containers of the project; one that is only named must have some.</summary>
    private Task<IReadOnlyList<ComposeContainer>> ListedAsync(ContainerChoice choice, CancellationToken cancellationToken) =>
        choice.FromFiles
        ? GetContainersAsync(new ContainerQuery { ProjectName = choice.ProjectName, All = true }, cancellationToken)
        : RequiredAsync(choice.ProjectName, cancellationToken);

    /// <summary>Those of them that run; where services or containers are named and none does, that is refused.</summary>
    private async Task<IReadOnlyList<ComposeContainer>> LiveAsync(ContainerChoice choice, CancellationToken cancellationToken)
    {
        var chosen = await ChooseAsync(choice, all: true, cancellationToken).ConfigureAwait(false);
        var live = chosen.Where(container => container.IsUp).ToList();
        if (live.Count == 0 && chosen.Count > 0 && (choice.Services.Count > 0 || choice.Containers.Count > 0))
        {
            throw StateErrors.ServiceNotRunning.Exception(
                $"Not running in project '{choice.ProjectName}': "
                    + $"{string.Join(", ", chosen.Select(container => container.Container))}.",
                chosen[0].Service);
        }

        return live;
    }

    internal ContainerFeed Feed(string projectName, DateTime? until = null) =>
        new(
            Engine, projectName,
            cancellationToken =>
                GetContainersAsync(new ContainerQuery { ProjectName = projectName, All = true }, cancellationToken),
            until);

    private static async Task<T?> TriedAsync<T>(Task<T> request, IEventSink sink)
        where T : class
    {
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (EngineException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
            return null;
        }
    }
}
