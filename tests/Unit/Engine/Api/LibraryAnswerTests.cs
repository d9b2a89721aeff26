using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Tests.Engine.Api;

/// <summary>
/// Faults within answers that Docker.DotNet reads, property by property: a record never has a null that it does not allow.
/// </summary>
public class LibraryAnswerTests
{
    /// <summary>Calls of Docker.DotNet by the model of their answers.</summary>
    private static readonly Dictionary<string, Func<Calls, Task<object>>> Reads = new()
    {
        ["ContainerProcessesResponse"] = async calls => await calls.Containers.TopAsync("x", default),
        ["ContainerExecCreateResponse"] = async calls => await calls.Containers.CreateExecAsync(
            "x", new ExecCreateRequest { Cmd = ["x"] }, default),
        ["ContainerExecInspectResponse"] = async calls => await calls.Containers.InspectExecAsync("x", default),
        ["ImagesListResponse[]"] = async calls => await calls.Images.ListAsync(null, default),
        ["ImageInspectResponse"] = async calls => await calls.Images.InspectAsync("x", default),
        ["NetworkResponse[]"] = async calls => await calls.Networks.ListAsync(null, default),
        ["NetworkResponse"] = async calls => await calls.Networks.InspectAsync("x", default),
        ["VolumesListResponse"] = async calls => await calls.Volumes.ListAsync(null, default),
        ["VolumeResponse"] = async calls => await calls.Volumes.CreateAsync(new CreateVolumeRequest { Name = "x" }, default),
        ["VersionResponse"] = async calls => await calls.System.VersionAsync(default),
        ["SystemInfoResponse"] = async calls => await calls.System.InfoAsync(default),
    };

    /// <summary>Docker.DotNet's models.</summary>
    public static IEnumerable<Type> Models => Reads.Keys.Select(Model).Select(type => type.GetElementType() ?? type);

    public static TheoryData<string> Answers => [.. Reads.Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task What_is_read_is_as_its_record_says_whatever_came(string model)
    {
        using var calls = new Calls();
        var sound = EngineAnswerTests.Sample(Model(model), 0);
        await ReadAsync(calls, model, sound);

        foreach (var path in EngineAnswerTests.Places(sound, []).ToList())
        {
            foreach (var replacement in EngineAnswerTests.Replacements)
                await TryAsync(calls, model, EngineAnswerTests.Changed(sound, path, JsonNode.Parse(replacement)));
            await TryAsync(calls, model, EngineAnswerTests.Changed(sound, path, null, isGone: true));
        }
    }

    [Fact]
    public async Task What_an_engine_leaves_out_has_the_records_initial_value()
    {
        using var calls = new Calls { Answer = "[{\"Name\":null,\"IPAM\":{\"Config\":[{}]}}]" };

        var network = Assert.Single(await calls.Networks.ListAsync(null, default));

        Assert.Equal(("", null, null), (network.Name, network.Created, network.IPAM!.Config![0].Subnet));
        Assert.Null(network.Labels);
    }

    [Theory]
    [InlineData("[{}]", "[0].Id is missing or null")]
    [InlineData("[{\"Id\":\"a\",\"RepoTags\":[\"b\",null]}]", "[0].RepoTags[1] is missing or null")]
    [InlineData("[{\"Id\":\"a\",\"Labels\":{\"l\":null}}]", "[0].Labels['l'] is missing or null")]
    [InlineData("[null]", "[0] is missing or null")]
    [InlineData("null", "it is null")]
    [InlineData("", "something else was expected at")]
    [InlineData("[{\"Id\":\"a\",\"Created\":\"x\"}]", "at $[0].Created")]
    [InlineData("[{\"Id\":\"a\",\"Created\":[]}]", "something else was expected")]
    [InlineData("[{\"Id\":\"a\",\"Created\":9223372036854775807}]", "something else was expected")]
    [InlineData("[{", "something else was expected at")]
    public async Task The_error_says_what_is_wrong_and_names_no_type_of_net(string json, string words)
    {
        using var calls = new Calls { Answer = json };

        var error = await Assert.ThrowsAsync<ComposeException>(() => calls.Images.ListAsync(null, default));

        Assert.Equal(("EngineProtocolError", "images"), (error.Info.Id, error.Info.Target));
        Assert.Contains(words, error.Info.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Info.Message, StringComparison.Ordinal);
    }

    private static Type Model(string name) =>
        global::System.Reflection.Assembly.Load("Docker.DotNet").GetType("Docker.DotNet.Models." + name, throwOnError: true)!;

    private static async Task TryAsync(Calls calls, string model, JsonNode? json)
    {
        try
        {
            await ReadAsync(calls, model, json);
        }
        catch (ComposeException exception)
        {
            Assert.Equal("EngineProtocolError", exception.Info.Id);
        }
    }

    private static async Task ReadAsync(Calls calls, string model, JsonNode? json)
    {
        calls.Answer = json?.ToJsonString() ?? "null";
        var record = await Reads[model](calls);
        AnswerUse.Record(record);
#if NET
        if (record is not string)
            EngineAnswerTests.AssertSound(record, calls.Answer);
#endif
    }

    /// <summary>Docker.DotNet over a handler that returns the same answer to every request.</summary>
    private sealed class Calls : IDisposable
    {
        private readonly EngineTransport _transport = new(new EngineEndpoint(new Uri("tcp://127.0.0.1:1")));
        private readonly DockerLibrary _library;

        public Calls()
        {
            _library = new DockerLibrary(new Same(this), 1, 51);
            var calls = new EngineCalls(_transport, TimeLimit.Endless);
            (Containers, Images) = (
                new ContainerCalls(_library, calls, isPodman: false), new ImageCalls(_library, calls, listsManifests: true));
            (Networks, Volumes, System) = (
                new NetworkCalls(_library, calls, reportsIPv4: true), new VolumesApi(_library, calls),
                new SystemCalls(_library, calls));
        }

        public string Answer { get; set; } = "";
        public ContainerCalls Containers { get; }
        public ImageCalls Images { get; }
        public NetworkCalls Networks { get; }
        public VolumesApi Volumes { get; }
        public SystemCalls System { get; }

        public void Dispose()
        {
            _library.Dispose();
            _transport.Dispose();
        }

        private sealed class Same(Calls calls) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = EngineTransport.Json(Encoding.UTF8.GetBytes(calls.Answer)),
                });
        }
    }
}
