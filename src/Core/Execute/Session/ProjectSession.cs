using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Running;
using Compose.Images.Registry;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Replicas;
using Compose.Plan.Up;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Session;

/// <summary>A connected engine with all that is done to projects on it: read, plan, execute.</summary>
internal sealed partial class ProjectSession : IDisposable
{
    private readonly StateReader _reader;

    private readonly RegistryCredentials _credentials;

    private readonly IReadOnlyDictionary<string, string> _proxies;

    private readonly DateTime _now;

    private readonly int _parallelLimit;

    private ProjectSession(EngineClient engine, SessionRequest request) =>
        (Engine, _reader, _credentials, _proxies, _now, _parallelLimit) =
        (engine, new StateReader(engine), request.Credentials(), request.Proxies(engine.EngineHost), request.Now,
        request.ParallelLimit());

    /// <summary>The endpoint as docker spells it.</summary>
    public string EngineHost => Engine.EngineHost;

    internal EngineClient Engine { get; }

    public static async Task<ProjectSession> ConnectAsync(SessionRequest request, CancellationToken cancellationToken) =>
        new(await EngineClient.ConnectAsync(request.Endpoint(), cancellationToken).ConfigureAwait(false), request);

    public void Dispose() => Engine.Dispose();

    /// <summary>The two stages of up, each planned, approved by the caller, and executed.</summary>
    /// <param name="project">What to bring up.</param>
    /// <param name="options">How.</param>
    /// <param name="looks">Whether the containers are listed at the end: see <see cref="UpRun.Looks"/>.</param>
    public UpRun StartUp(ComposeProject project, UpOptions options, bool looks = false) =>
        new(this, project, options) { Looks = looks };

    /// <summary>The whole of up as one plan to look at: what hangs on a pull or build is conditional.</summary>
    public async Task<ComposePlan> PlanUpAsync(
        ComposeProject project, UpOptions options, Answers answers, CancellationToken cancellationToken)
    {
        var state = await ObserveAsync(project, cancellationToken).ConfigureAwait(false);
        return UpPlanner.Whole(Context(project, state, options, answers));
    }

    /// <summary>Scale by files, or from labels alone.</summary>
    public async Task<ComposePlan> PlanScaleAsync(ScaleRequest request, CancellationToken cancellationToken)
    {
        if (request.Project is { } project)
        {
            request = request.Of([.. project.Services.Keys]);
            if (request.Replicas.Count == 0)
                return new PlanBuilder()
                    .Build(await _reader.ObserveContainersAsync(project.Name, cancellationToken).ConfigureAwait(false));
            var options = new UpOptions
            {
                Services = [.. request.Replicas.Keys],
                Scale = request.Replicas,
                NoDependencies = request.NoDependencies,
                Timeout = request.Timeout,
                Release = request.Release,
            };
            return await PlanUpAsync(project, options, Answers.None, cancellationToken).ConfigureAwait(false);
        }

        var state = await _reader.ObserveContainersAsync(request.ProjectName, cancellationToken).ConfigureAwait(false);
        if (state.Containers.Count == 0)
            throw new ComposeException(StateErrors.NoProject(EngineHost, request.ProjectName));
        request = request.Of(
            [.. state.Containers.Where(container => container.IsReplica).Select(container => container.Service)]);
        var patterns = new Dictionary<string, Compose.Engine.Dto.ContainerInspect>();
        foreach (var pattern in ClonePlanner.Patterns(state, request))
            patterns[pattern] = await Engine.Containers.InspectAsync(pattern, cancellationToken).ConfigureAwait(false);
        return ClonePlanner.Plan(state with { Inspected = patterns }, request);
    }

    /// <summary>Down, by files or from labels alone.</summary>
    public async Task<ComposePlan> PlanDownAsync(DownRequest request, CancellationToken cancellationToken) =>
        DownPlanner.Plan(await _reader.ObserveAsync(request.ProjectName, cancellationToken).ConfigureAwait(false), request);

    /// <summary>Start, stop, restart, pause, unpause, kill or remove: what a planner makes of the containers there are.</summary>
    public async Task<ComposePlan> PlanLifecycleAsync(
        Func<ObservedState, LifecycleRequest, ComposePlan> planner, LifecycleRequest request, CancellationToken cancellationToken)
    {
        var state = await _reader.ObserveContainersAsync(request.ProjectName, cancellationToken).ConfigureAwait(false);
        return planner(
            state,
            request.Project is { } project
                ? request with { Context = () => Context(project, state, new UpOptions(), Answers.None) }
                : request);
    }

    /// <summary>Carries a plan out. A failed step is in the report, not thrown; only cancellation is.</summary>
    public Task<ExecutionReport> ExecuteAsync(
        ComposePlan plan, ExecuteOptions options, IEventSink sink, CancellationToken cancellationToken) =>
        new PlanExecutor(Engine, plan, options with { Credentials = _credentials, ParallelLimit = _parallelLimit }, sink)
            .RunAsync(cancellationToken);

    /// <summary>Carries a plan out that has no stages; what should run then and does not counts as failed.</summary>
    public async Task<ExecutionReport> CarryOutAsync(
        ComposePlan plan, ExecuteOptions options, IEventSink sink, CancellationToken cancellationToken)
    {
        var report = await ExecuteAsync(plan, options, sink, cancellationToken).ConfigureAwait(false);
        return report.Actions.Any(action => action is { Status: "Done", Step: StartContainer })
            ? (await LookAsync(report, sink, cancellationToken).ConfigureAwait(false)).Report
            : report;
    }

    /// <summary>
    /// Lists the containers once, and compares them with what a report says was done; no list where the engine is gone.
    /// </summary>
    internal async Task<(ExecutionReport Report, IReadOnlyList<ComposeContainer>? Containers)> LookAsync(
        ExecutionReport report, IEventSink sink, CancellationToken cancellationToken)
    {
        if (report.LostEngine)
            return (report, null);
        try
        {
            var query = new ContainerQuery { ProjectName = report.ProjectName, All = true };
            var containers = await GetContainersAsync(query, cancellationToken).ConfigureAwait(false);
            return (await new EffectCheck(Engine, containers, sink)
                .CheckAsync(report, cancellationToken).ConfigureAwait(false), containers);
        }
        catch (ComposeException exception)
        {
            // What was done is done, and the report tells of it.
            sink.Emit(new VerboseEvent(exception.Message));
            return (report, null);
        }
    }

    /// <summary>
    /// Lists all, and inspects only the containers whose hash no rule explains, with their images, images whose age or platform
    /// counts, networks that changed, and who uses volumes that did.
    /// </summary>
    internal async Task<ObservedState> ObserveAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var state = await _reader.ObserveAsync(project.Name, cancellationToken).ConfigureAwait(false);
        var context = Context(project, state, new UpOptions(), Answers.None);
        var drifted = context.Project.Networks.Values.Where(network => NetworkPlanner.Drift(context, network) is not null)
            .Select(network => NetworkPlanner.Find(context, network)!.Id)
            .ToList();
        if (drifted.Count > 0)
            state = await _reader.InspectNetworksAsync(state, drifted, cancellationToken).ConfigureAwait(false);
        var changed = context.Project.Volumes.Values.Where(volume => VolumePlanner.Drift(context, volume) is not null)
            .Select(volume => volume.Name)
            .ToList();
        if (changed.Count > 0)
            state = await _reader.ListVolumeUsersAsync(state, changed, cancellationToken).ConfigureAwait(false);
        var doubtful = context.Project.Services.Values
            .SelectMany(service =>
                state.Replicas(service.Name)
                    .Where(container => !ReplicaRules.HasKnownHash(context, service, container))
                    .Select(container => (Service: service, Container: container)))
            .ToList();
        var images = doubtful.Select(pair => pair.Service).Concat(context.Project.Services.Values.Where(LocalImage.NeedsInspect))
            .Select(context.Project.ImageOf).Distinct().Where(image => state.Image(image) is not null).ToList();
        return doubtful.Count == 0 && images.Count == 0
            ? state
            : await _reader.InspectAsync(state, [.. doubtful.Select(pair => pair.Container.Id)], images, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>All a planner knows of a project on this engine.</summary>
    internal PlanContext Context(ComposeProject project, ObservedState state, UpOptions options, Answers answers)
    {
        if (Engine.OSType == "windows" && project.Services.Values.FirstOrDefault(service => service.UseApiSocket) is { } service)
            throw PlanErrors.ApiSocketOnWindows.Exception(
                $"{service.Origin}: service '{service.Name}' has use_api_socket, which an engine on Windows cannot give it.",
                service.Name);
        if (Engine.OSType == "windows")
            project = WindowsNeeds.Rewrite(project);
        return new PlanContext(
            BuildPlatforms.Rewrite(ImageMounts.Rewrite(ApiSocket.Rewrite(project))), state, options, answers,
            Hashing.Rules) { Proxies = _proxies, Now = _now };
    }

    internal Task<ObservedState> RefreshImagesAsync(ObservedState state, CancellationToken cancellationToken) =>
        _reader.RefreshImagesAsync(state, cancellationToken);
}
