using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.State.Choosing;
using Compose.Streams.Logs;

namespace Compose.CoreRunner.Commands;

/// <summary>The main commands without PowerShell: plan, up, list, scale, logs and down of a project.</summary>
internal sealed class ProjectCommands(ProjectSession session, ComposeProject project)
{
    private static readonly IEventSink Sink = new ConsoleSink();

    public static async Task<int> RunAsync(string file, Func<ProjectCommands, Task<bool>> command)
    {
        var loaded = ProjectLoader.Load(HostValues.LoadRequest([file]));
        foreach (var diagnostic in loaded.Diagnostics)
            Console.Error.WriteLine($"{diagnostic.Severity}: {diagnostic}");
        if (loaded.Project is null)
            return 1;
        try
        {
            var request = new SessionRequest
            {
                Environment = HostValues.Environment,
                HomeDirectory = HostValues.Home,
                IsWindows = HostValues.Windows,
            };
            using var session = await ProjectSession.ConnectAsync(request, CancellationToken.None);
            return await command(new ProjectCommands(session, loaded.Project)) ? 0 : 1;
        }
        catch (ComposeException exception)
        {
            Console.Error.WriteLine($"{exception.Info}{(exception.Info.Advice is { } advice ? " " + advice : "")}");
            return 1;
        }
    }

    public async Task<bool> PlanAsync(CancellationToken cancellationToken)
    {
        Console.Write(await session.Plans.UpAsync(project, new UpOptions(), Answers.None, cancellationToken));
        return true;
    }

    public Task<bool> UpAsync(CancellationToken cancellationToken) => UpAsync(false, cancellationToken);

    public async Task<bool> UpAsync(bool yes, CancellationToken cancellationToken)
    {
        var run = new UpRun(session, project, new UpOptions { Wait = true });
        while (await run.NextAsync(new Answers([]) { All = yes }, cancellationToken) is { } stage)
            await run.ExecuteAsync(stage, new ExecuteOptions(), Sink, cancellationToken);
        return Report(run.Report);
    }

    public async Task<bool> ListAsync(CancellationToken cancellationToken)
    {
        foreach (var container in await session.Containers.ListAsync(
            new ContainerQuery { ProjectName = project.Name, All = true }, cancellationToken))
            Console.WriteLine(
                $"{container.Container,-24} {container.State,-10} {container.Health,-10} {string.Join(", ", container.Ports)}");
        return true;
    }

    public async Task<bool> ScaleAsync(string service, int replicas, CancellationToken cancellationToken)
    {
        var request = new ScaleRequest
        {
            ProjectName = project.Name,
            Project = project,
            Replicas = new Dictionary<string, int> { [service] = replicas },
        };
        return await CarryOutAsync(await session.Plans.ScaleAsync(request, cancellationToken), cancellationToken);
    }

    public async Task<bool> LogsAsync(CancellationToken cancellationToken)
    {
        await session.Streams.ReadLogsAsync(
            new LogRequest { Choice = new ContainerChoice { ProjectName = project.Name }, Tail = 3 }, Sink, cancellationToken);
        return true;
    }

    public async Task<bool> DownAsync(CancellationToken cancellationToken) =>
        await CarryOutAsync(
            await session.Plans.DownAsync(
                new DownRequest { ProjectName = project.Name, Project = project, Volumes = true }, cancellationToken),
            cancellationToken);

    /// <summary>The README's demo: up, list, scale, logs, down. The project is removed even if a step fails.</summary>
    public async Task<bool> DemoAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StepAsync("What would be done", PlanAsync)
                && await StepAsync("Up", UpAsync)
                && await StepAsync("Its containers", ListAsync)
                && await StepAsync("Three workers instead of two", token => ScaleAsync("worker", 3, token))
                && await StepAsync("Its containers", ListAsync)
                && await StepAsync("What they said", LogsAsync);
        }
        finally
        {
            await StepAsync("Removed, with its data", DownAsync);
        }

        async Task<bool> StepAsync(string title, Func<CancellationToken, Task<bool>> step)
        {
            Console.WriteLine("--- " + title);
            return await step(cancellationToken);
        }
    }

    private async Task<bool> CarryOutAsync(ComposePlan plan, CancellationToken cancellationToken) =>
        Report(await session.ExecuteAsync(plan, new ExecuteOptions(), Sink, cancellationToken));

    private static bool Report(ExecutionReport? report)
    {
        foreach (var failed in report?.Failed ?? [])
            Console.Error.WriteLine($"{failed}: {failed.Error?.Message ?? failed.Reason}");
        return report?.Succeeded ?? true;
    }
}
