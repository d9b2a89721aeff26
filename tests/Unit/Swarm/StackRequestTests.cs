#if NET
using System.Collections.Concurrent;
using Compose.Errors;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm;

/// <summary>What deployments cost, and what engines that are no managers answer.</summary>
[Collection(SwarmCollection.Name)]
public class StackRequestTests(SwarmEngine swarm)
{
    [SwarmFact]
    public async Task An_unchanged_deployment_of_50_services_takes_six_requests_at_most()
    {
        var sent = new ConcurrentQueue<string>();
        using var proxy = new EngineProxy { Dial = swarm.DialAsync, Before = sent.Enqueue };
        await using var stack = await swarm.StackAsync("fifty", proxy.Host);
        var yaml = "services:\n" + string.Concat(Enumerable.Range(1, 50).Select(number =>
            $"  s{number}: {{ image: busybox, command: 'true', deploy: {{ replicas: 0 }} }}\n"));
        (await stack.DeployAsync(yaml)).AssertSucceeded();

        sent.Clear();
        await using var again = await swarm.StackAsync("fifty", proxy.Host);
        (await again.DeployAsync(yaml)).AssertSucceeded();
        var requests = sent.ToList();
        await again.RemoveAsync();

        Assert.True(requests.Count <= 6, string.Join("\n", requests));
        Assert.All(requests, request => Assert.True(
            request.StartsWith("GET", StringComparison.Ordinal) || request.StartsWith("HEAD", StringComparison.Ordinal),
            request));
    }

    [SwarmFact]
    public async Task An_engine_without_a_swarm_is_one_error_that_says_what_to_do()
    {
        var stack = await SwarmStack.CreateAsync("noswarm", TestEngine.Host);

        var error = (await Assert.ThrowsAsync<ComposeException>(
            () => stack.PlanAsync("services: { a: { image: busybox } }"))).Info;

        Assert.Equal("NotASwarmManager", error.Id);
        Assert.Contains("docker swarm init", error.Advice);
        stack.Session.Dispose();
    }

    [SwarmFact]
    public async Task Logs_of_a_stack_name_the_task_of_each_line()
    {
        await using var stack = await swarm.StackAsync("logged");
        await stack.DeployAsync(
            "services: { web: { image: busybox, command: sh -c 'echo one; echo two >&2', "
                + "deploy: { mode: replicated-job, replicas: 2 } } }",
            new() { Wait = true });
        var lines = new List<Compose.Streams.ComposeLogEntry>();
        var sink = new Lines(lines);

        await new Compose.Swarm.Operations.StackLogs(stack.Session, new() { Stack = "logged" }, sink)
            .ReadAsync(CancellationToken.None);

        Assert.Equal(4, lines.Count);
        Assert.Equal(2, lines.Select(line => line.Container).Distinct().Count());
        Assert.All(lines, line => Assert.StartsWith("logged_web.", line.Container));
        Assert.Equal(["one", "one", "two", "two"], lines.Select(line => line.Message).Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.Equal(line.Message == "two" ? "stderr" : "stdout", line.Stream));
    }

    private sealed class Lines(List<Compose.Streams.ComposeLogEntry> lines) : Compose.Events.IEventSink
    {
        public void Emit(Compose.Events.ComposeEvent composeEvent)
        {
            if (composeEvent is Compose.Events.ResultsEvent results)
                lines.AddRange(results.Results.Cast<Compose.Streams.ComposeLogEntry>());
        }

        public ValueTask EmitAsync(Compose.Events.ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
#endif
