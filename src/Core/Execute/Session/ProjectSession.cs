using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Operations;
using Compose.Execute.Running;
using Compose.Images.Registry;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Prepare;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Session;

/// <summary>
/// A connected engine: observes projects and executes plans. Everything else is done by the operation classes it gives out.
/// </summary>
internal sealed class ProjectSession : IDisposable
{
    private readonly IReadOnlyDictionary<string, string> _proxies;
    private readonly Stopwatch _age = Stopwatch.StartNew();
    private readonly int _parallelLimit;

    private ProjectSession(EngineClient engine, SessionRequest request)
    {
        (Engine, Reader, Credentials) = (engine, new StateReader(engine), request.Credentials());
        (_proxies, StartTime, _parallelLimit) = (request.Proxies(engine.EngineHost), request.Now, request.ParallelLimit());
    }

    public static async Task<ProjectSession> ConnectAsync(SessionRequest request, CancellationToken cancellationToken) =>
        new(await EngineClient.ConnectAsync(request.Endpoint(), cancellationToken).ConfigureAwait(false), request);

    /// <summary>The endpoint as docker spells it.</summary>
    public string EngineHost => Engine.EngineHost;

    /// <summary>The time, UTC, counted from the time that the session was given.</summary>
    public DateTime Now => StartTime + _age.Elapsed;

    /// <summary>The time, UTC, that the session was given.</summary>
    internal DateTime StartTime { get; }

    public ContainerOperations Containers => new(this);
    public ProjectOperations Projects => new(this);
    public ResourceOperations Resources => new(this);
    public PlanOperations Plans => new(this);
    public ImageOperations Images => new(this);
    public DigestOperations Digests => new(this);
    public StreamOperations Streams => new(this);
    public ExecOperations Exec => new(this);
    public AttachOperations Attach => new(this);
    public WaitOperations Waits => new(this);
    public CopyOperations Copy => new(this);
    public SaveOperations Save => new(this);
    public DescribeOperations Describe => new(this);

    internal EngineClient Engine { get; }

    internal StateReader Reader { get; }

    internal RegistryCredentials Credentials { get; }

    public void Dispose() => Engine.Dispose();

    /// <summary>Lists what the engine has of a project, and inspects only what the lists do not say.</summary>
    public async Task<ObservedProject> ObserveAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var state = await Reader.ObserveAsync(project.Name, cancellationToken).ConfigureAwait(false);
        return await new ProjectObserver(Reader).CompleteAsync(Observed(project, state), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A project with a state that was read before.</summary>
    /// <exception cref="ComposeException">ApiSocketOnWindows.</exception>
    internal ObservedProject Observed(ComposeProject project, ObservedState state) =>
        new(ForEngine(project), state) { Proxies = _proxies, Now = StartTime };

    /// <summary>Reads the images again, after some were pulled or built.</summary>
    internal async Task<ObservedProject> RefreshImagesAsync(ObservedProject observed, CancellationToken cancellationToken) =>
        observed with { State = await Reader.RefreshImagesAsync(observed.State, cancellationToken).ConfigureAwait(false) };

    /// <summary>Executes a plan. Failed steps are in the report; only cancellation throws.</summary>
    public Task<ExecutionReport> ExecuteAsync(
        ComposePlan plan, ExecuteOptions options, IEventSink sink, CancellationToken cancellationToken) =>
        new PlanExecutor(Engine, plan, options with { Credentials = Credentials, ParallelLimit = _parallelLimit }, sink)
            .RunAsync(cancellationToken);

    /// <summary>Executes a plan whose steps somebody else knows how to do.</summary>
    internal Task<ExecutionReport> ExecuteAsync(
        ComposePlan plan, ExecuteOptions options, IStepRunner steps, IEventSink sink, CancellationToken cancellationToken) =>
        new PlanExecutor(Engine, plan, options with { ParallelLimit = _parallelLimit }, sink, steps).RunAsync(cancellationToken);

    /// <summary>Executes a plan that is no stage of up. A container that was started and does not run is a failure.</summary>
    public async Task<ExecutionReport> ExecuteAndCheckAsync(
        ComposePlan plan, ExecuteOptions options, IEventSink sink, CancellationToken cancellationToken)
    {
        var report = await ExecuteAsync(plan, options, sink, cancellationToken).ConfigureAwait(false);
        return report.Actions.Any(action => action is { Status: "Done", Step: StartContainer })
            ? (await CheckAsync(report, sink, cancellationToken).ConfigureAwait(false)).Report
            : report;
    }

    /// <summary>
    /// Lists the containers once and compares them with what a report says was done. There is no list if the engine is gone.
    /// </summary>
    internal async Task<(ExecutionReport Report, IReadOnlyList<ComposeContainer>? Containers)> CheckAsync(
        ExecutionReport report, IEventSink sink, CancellationToken cancellationToken)
    {
        if (report.LostEngine)
            return (report, null);
        try
        {
            var containers = await Containers.OfProjectAsync(report.ProjectName, cancellationToken).ConfigureAwait(false);
            return (await new EffectCheck(Engine, containers, sink)
                .CheckAsync(report, cancellationToken).ConfigureAwait(false), containers);
        }
        catch (ComposeException exception)
        {
            // The steps are done and reported, so a failed check is no failure of the command.
            sink.Emit(new VerboseEvent(exception.Message));
            return (report, null);
        }
    }

    /// <summary>The project as this engine needs it.</summary>
    private ComposeProject ForEngine(ComposeProject project)
    {
        if (Engine.OSType == "windows")
        {
            if (project.Services.Values.FirstOrDefault(service => service.UseApiSocket) is { } service)
                throw PlanErrors.ApiSocketOnWindows.Exception(
                    $"{service.Origin}: service '{service.Name}' has use_api_socket, which an engine on Windows cannot give it.",
                    service.Name);
            project = WindowsContainerCheck.Rewrite(project);
        }

        return BuildPlatforms.Rewrite(ImageMountRewrite.Rewrite(ApiSocketRewrite.Rewrite(project)));
    }
}
