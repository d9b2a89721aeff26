using System.Diagnostics;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Differences;

/// <summary>Compose files from which this product and docker compose create a project, one after the other.</summary>
internal sealed record DifferenceCase(
    string Name, string Directory, IReadOnlyList<string> Files, IReadOnlyDictionary<string, string> Environment);

/// <summary>Creates a case with each tool on one engine, and finds the fields of inspect that differ.</summary>
internal sealed class TwoTools : IDisposable, IEventSink
{
    private const string Ours = "attrdiffo";
    private const string Theirs = "attrdiffp";

    /// <summary>The release of the docker compose to compare with; our projects are written for it.</summary>
    private static readonly Lazy<Task<string>> PeerVersion = new(async () =>
        (await PeerAsync(
            Path.GetTempPath(), new Dictionary<string, string> { ["HOME"] = "/nonexistent" }, ["version", "--short"]))
        .Output.Trim()
            .Split('-')[0]);

    private readonly ProjectSession _session;
    private readonly EngineInspect _inspect = new();

    /// <summary>The cases that both tools refused, with their messages.</summary>
    public Dictionary<string, string> Refused { get; } = new(StringComparer.Ordinal);

    private TwoTools(ProjectSession session) => _session = session;

    public static async Task<TwoTools> ConnectAsync() => new(await ProjectSession.ConnectAsync(
        new SessionRequest
        {
            EngineHost = TestEngine.Host,
            Environment = new Dictionary<string, string>(),
            HomeDirectory = "/nonexistent",
        }, CancellationToken.None));

    /// <summary>
    /// One line for each field that differs: its path, our value and theirs. It is also a difference if only one tool refuses a
    /// case, if we would recreate their container for a field (without trusting its hash), or if up would change what they
    /// made.
    /// </summary>
    public async Task<IReadOnlyList<FieldDifference>> CompareAsync(DifferenceCase given)
    {
        var recreations = new List<FieldDifference>();
        var (ourError, ours) = await RoundAsync(Ours, () => OurCreateAsync(given));
        var (theirError, theirs) = await RoundAsync(
            Theirs, async () => await TheirCreateAsync(given) ?? await RecreationsAsync(given, recreations));
        if (ourError is not null && theirError is not null)
        {
            Refused[given.Name] = $"ours   {ourError}\ntheirs {theirError}";
            return [];
        }

        if (ourError is not null || theirError is not null)
            return [new FieldDifference("error", ourError, theirError)];
        return
        [
            .. ours.Keys.Union(theirs.Keys)
            .Select(path => new FieldDifference(path, ours.GetValueOrDefault(path), theirs.GetValueOrDefault(path)))
                .Where(difference => difference.Ours != difference.Theirs)
                .OrderBy(difference => difference.Path, StringComparer.Ordinal),
            .. recreations,
        ];
    }

    public void Dispose()
    {
        _inspect.Dispose();
        _session.Dispose();
    }

    public void Emit(ComposeEvent composeEvent)
    {
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;

    private async Task<(string? Error, SortedDictionary<string, string> Fields)> RoundAsync(
        string project, Func<Task<string?>> create)
    {
        await RemoveAsync(project);
        try
        {
            var error = await create();
            return (error, InspectForm.Of(await _inspect.ProjectAsync(project), project));
        }
        finally
        {
            await RemoveAsync(project);
        }
    }

    private async Task<string?> OurCreateAsync(DifferenceCase given)
    {
        var loaded = Load(given, Ours);
        if (loaded.Project is not { } project)
            return string.Join("\n", loaded.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        try
        {
            var run = new UpRun(
                _session, project, new UpOptions { NoStart = true, NoBuild = true, Release = await PeerVersion.Value });
            while (await run.NextAsync(Answers.None, CancellationToken.None) is { } plan)
                await run.ExecuteAsync(plan, new ExecuteOptions { ParallelLimit = 1 }, this, CancellationToken.None);
            return run.Report!.Succeeded
                ? null
                : string.Join("\n", run.Report.Failed.Select(action => $"{action}: {action.Reason} {action.Error}"));
        }
        catch (Errors.ComposeException exception)
        {
            return exception.Message;
        }
    }

    private async Task<string?> RecreationsAsync(DifferenceCase given, List<FieldDifference> changes)
    {
        if (Load(given, Theirs).Project is not { } project)
            return null;
        var plan = await _session.Plans.UpAsync(
            project, new UpOptions { NoStart = true, NoBuild = true }, Answers.None, CancellationToken.None);
        changes.AddRange(
            plan.Operations.Select(operation =>
                new FieldDifference($"plan/{operation.Target}", $"{operation.Kind}: {operation.Cause}", null)));
        var observed = await _session.ObserveAsync(project, CancellationToken.None);
        var (state, context) = (observed.State, observed.Context());
        foreach (var container in state.Containers.Where(container => project.Services.ContainsKey(container.Service)))
        {
            var service = project.Services[container.Service];
            var images = await _session.Engine.Images.InspectAsync(context.Project.ImageOf(service), CancellationToken.None);
            var known = context with
            {
                State = state with
                {
                    InspectedImages = new Dictionary<string, ImageInspect> { [context.Project.ImageOf(service)] = images },
                },
            };
            var found = await _session.Engine.Containers.InspectAsync(container.Id, CancellationToken.None);
            changes.AddRange(
                ContainerComparer.Compare(known, service, container, found)
                    .Select(change => new FieldDifference($"recreate/{container.Name}/{change.Field}", change.New, change.Old)));
        }

        return null;
    }

    private static LoadResult Load(DifferenceCase given, string name) =>
        ProjectLoader.Load(
            new LoadRequest
            {
                WorkingDirectory = given.Directory,
                Paths = given.Files,
                ProjectName = name,
                Environment = Environment(given),
            });

    private static async Task<string?> TheirCreateAsync(DifferenceCase given)
    {
        var (code, _, errors) = await PeerAsync(
            given.Directory, Environment(given),
            ["-p", Theirs, .. given.Files.SelectMany(file => new[] { "-f", file }), "create", "--no-build"]);
        return code == 0 ? null : errors;
    }

    private static async Task<(int Code, string Output, string Errors)> PeerAsync(
        string directory, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(TestEngine.Peer!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["DOCKER_HOST"] = TestEngine.Host;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, errors);
    }

    private static Dictionary<string, string> Environment(DifferenceCase given) =>
        new(given.Environment) { ["HOME"] = "/nonexistent", ["PATH"] = "/usr/bin:/bin" };

    private Task RemoveAsync(string project) => _session.RemoveAsync(project, volumes: true, this);
}

/// <summary>A field that differs; null if one tool does not set it.</summary>
internal sealed record FieldDifference(string Path, string? Ours, string? Theirs)
{
    public override string ToString() => $"{Path}\n      ours   {Ours ?? "(none)"}\n      theirs {Theirs ?? "(none)"}";
}
