using Compose.Model;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.Tests.Support;
using Xunit.Abstractions;

namespace Compose.Tests.Execute.Crossing;

/// <summary>
/// When one tool creates a project and the other brings it up again, every container is kept, in both directions.
/// </summary>
public class CrossingTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["COMPOSE_PROFILES"] = "extra",
        ["FROM_SHELL"] = "shell",
    };

    /// <summary>
    /// Where 2.26.1 reads the file differently: it does not create the directory of a long bind without create_host_path, and
    /// it runs no hooks.
    /// </summary>
    private static readonly string[] NotIn226 = ["hooks"];

    public static TheoryData<string> Subjects => [.. CrossedProjects.All.Keys];

    [PeerTheory]
    [MemberData(nameof(Subjects))]
    public Task What_we_begin_docker_compose_leaves_alone(string subject) => BeginByUsAsync(subject, TestEngine.Peer!);

    [PeerTheory]
    [MemberData(nameof(Subjects))]
    public Task What_docker_compose_begins_we_leave_alone(string subject) => BeginByPeerAsync(subject, TestEngine.Peer!);

    [PeerFact(old: true)]
    public async Task So_it_is_with_2_26_1()
    {
        foreach (var subject in CrossedProjects.All.Keys.Except(NotIn226))
        {
            await BeginByUsAsync(subject, TestEngine.OldPeer!);
            await BeginByPeerAsync(subject, TestEngine.OldPeer!);
        }
    }

    private async Task BeginByUsAsync(string subject, string peer)
    {
        using var turn = await EngineLock.AcquireAsync();
        await using var project = await BeginAsync(subject, peer);
        var version = (await project.PeerAsync("version", "--short")).Output.Trim();
        var report = await project.UpAsync(Load(project, subject, version));
        Assert.True(
            report.Succeeded, string.Join("\n", report.Failed.Select(action => $"{action.Target}: {action.Error?.Message}")));
        var before = await IdsAsync(project);

        await UpByPeerAsync(project);

        AssertKept(subject, before, await IdsAsync(project));
    }

    private async Task BeginByPeerAsync(string subject, string peer)
    {
        using var turn = await EngineLock.AcquireAsync();
        await using var project = await BeginAsync(subject, peer);
        var model = Load(project, subject, null);
        await UpByPeerAsync(project);
        var before = await IdsAsync(project);

        Assert.Empty((await project.Session.Plans.UpAsync(model, new UpOptions(), Answers.None, default)).Actions);
        // With a known hash, no fields are compared.
        var observed = await project.Session.ObserveAsync(model, default);
        var context = observed.Context();
        Assert.Empty(
            observed.State.Containers.Where(container =>
                !ReplicaRules.HasKnownHash(context, context.Project.Services[container.Service], container))
                    .Select(container => container.Name));
        Assert.True((await project.UpAsync(model)).Succeeded);

        AssertKept(subject, before, await IdsAsync(project));
    }

    private static async Task<EngineProject> BeginAsync(string subject, string peer)
    {
        var project = await EngineProject.CreateAsync("crossed" + subject.Replace("-", "", StringComparison.Ordinal), peer: peer);
        Directory.CreateDirectory(Path.Combine(project.Folder, "data"));
        foreach (var file in CrossedProjects.Files)
            project.Write(file.Key, file.Value);
        return project;
    }

    private static ComposeProject Load(EngineProject project, string subject, string? shared)
    {
        var variables = new Dictionary<string, string>(Variables);
        if (shared is not null)
            variables["COMPOSE_SHARED_VERSION"] = shared;
        var yaml = CrossedProjects.All[subject];
        // Engines before API 1.44 do not support start_interval, and both tools refuse it there.
        return project.Load(
            project.Session.Engine.ApiVersion.AtLeast(44)
                ? yaml
                : yaml.Replace(", start_interval: 500ms", "", StringComparison.Ordinal),
            variables);
    }

    private static async Task UpByPeerAsync(EngineProject project)
    {
        project.Write(".env", string.Concat(Variables.Select(variable => $"{variable.Key}={variable.Value}\n")));
        var (code, text) = await project.PeerAsync("up", "-d");
        Assert.True(code == 0, text);
    }

    private static async Task<IReadOnlyDictionary<string, string>> IdsAsync(EngineProject project) =>
        (await project.ContainersAsync()).ToDictionary(container => container.Container, container => container.Id);

    private void AssertKept(string subject, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var recreated = before.Where(container => after.GetValueOrDefault(container.Key) != container.Value)
            .Select(container => container.Key)
            .ToList();
        output.WriteLine($"{subject}: {before.Count} containers, {recreated.Count} recreated");
        Assert.NotEmpty(before);
        Assert.Empty(recreated);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
    }
}
