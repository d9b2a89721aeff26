using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Compose.Engine.Dto;
using Compose.Swarm.Specs;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Specs;

/// <summary>Stacks made of texts, under the name s, and their specs as JSON.</summary>
internal static class MadeStack
{
    public const int NewestApi = 51;

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="yaml">The compose file.</param>
    /// <param name="beside">Files beside it.</param>
    /// <param name="apiMinor">The engine's API.</param>
    /// <param name="ordered">Whether services wait for others.</param>
    public static StackSpec Of(
        string yaml, IReadOnlyDictionary<string, string>? beside = null, int apiMinor = NewestApi, bool ordered = true)
    {
        var result = LoadedFiles.Load(
            [yaml], beside ?? new Dictionary<string, string>(),
            request => request with
            {
                AllResources = true,
                Environment = new Dictionary<string, string> { ["HIDDEN"] = "hidden" },
            });
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        var project = result.Project!;
        // The files are gone by now, so contents come from the texts that were beside.
        var contents = StackContents.Of(project, path =>
            System.Text.Encoding.UTF8.GetBytes((beside ?? new Dictionary<string, string>())[Path.GetFileName(path)]));
        return StackSpecs.Make(
            project, new StackRequest { Stack = "s", ApiMinor = apiMinor, Ordered = ordered, Contents = contents });
    }

    /// <summary>The spec of a service 'a' of busybox with more attributes.</summary>
    public static StackSpec OfService(string attributes, string rest = "", int apiMinor = NewestApi) =>
        Of($"services:\n  a:\n    image: busybox\n    {attributes}\n{rest}", apiMinor: apiMinor);

    public static SwarmServiceSpec ServiceA(string attributes, string rest = "") =>
        OfService(attributes, rest).Services.Single(service => service.Key == "a").Spec;

    /// <summary>The JSON at a path such as TaskTemplate.ContainerSpec.Dir; "absent" if there is none.</summary>
    public static string At(object record, string path)
    {
        var node = JsonSerializer.SerializeToNode(record, record.GetType(), Options);
        foreach (var name in path.Split('.'))
            node = (node as JsonObject)?[name];
        return node?.ToJsonString(Options) ?? "absent";
    }
}
