#if NET
using System.Text.Json.Nodes;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.State;
using Compose.Swarm.Specs;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Specs;

/// <summary>
/// What we make of a file, beside what docker stack deploy makes of it: no change is found against its services, and the engine
/// shows the same JSON of both.
/// </summary>
public class StackDeployTests
{
    private const string Ours = "ours";
    private const int MovedBy = 20_000;

    /// <summary>Attributes that docker stack's schema refuses or ignores, and that a swarm's service has a field for.</summary>
    private static readonly string[] Refused =
    [
        "mem_limit: 64m", "cpus: 0.5", "pids_limit: 50", "platform: linux/amd64", "dns_opt: [use-vc]", "group_add: [mail, '5']",
        "oom_score_adj: -5", "scale: 2", "networks: [n]", "secrets: [x]", "configs: [{ source: c, mode: 0400 }]",
        "tmpfs: ['/run:size=1m,mode=1777']",
        "security_opt: [no-new-privileges, seccomp=unconfined, apparmor=unconfined, label=level:x]",
        "volumes: [{ type: volume, source: vol, target: /d, volume: { subpath: x, labels: { a: b } } }, "
            + "{ type: bind, source: /etc, target: /e, read_only: true, bind: { recursive: disabled, propagation: rprivate } }, "
            + "{ type: tmpfs, target: /t, tmpfs: { size: 1024, mode: 0700 } }]",
        "extra_hosts: ['a=1.1.1.1,::1']", "ports: [{ target: 80, published: '8000', mode: host, name: web }]", "init: false",
    ];

    /// <summary>Corpus files that docker stack deploy takes; a service without image gets one, for both.</summary>
    private static readonly string[] Corpus =
    [
        "aw-angular", "aw-apache-php", "aw-aspnet-mssql", "aw-django", "aw-fastapi", "aw-flask", "aw-flask-redis",
        "aw-gitea-postgres", "aw-minecraft", "aw-nextcloud-postgres", "aw-nextcloud-redis-mariadb", "aw-nginx-flask-mongo",
        "aw-nginx-golang", "aw-nginx-nodejs-redis", "aw-nginx-wsgi-flask", "aw-portainer", "aw-prometheus-grafana",
        "aw-react-express-mongodb", "aw-traefik-golang", "aw-vuejs", "aw-wordpress-mysql", "cg-extends-ports", "in-387bde18",
        "in-4c72a9f4", "in-517c6dd2", "in-72463431",
    ];

    [StackPeerFact]
    public async Task The_sample_of_all_attributes_is_deployed_as_docker_stack_does()
    {
        await using var peer = await StackPeer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("sample");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "compose.yaml"), StackSample.Yaml);
            foreach (var (name, text) in StackSample.Files)
                File.WriteAllText(Path.Combine(folder.FullName, name), text);

            var differences = await DifferencesAsync(
                peer, "sample", folder.FullName,
                [Path.Combine(folder.FullName, "compose.yaml")], new Dictionary<string, string>());

            Assert.True(differences.Count == 0, string.Join("\n", differences));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [StackPeerFact]
    public async Task What_docker_stack_refuses_is_taken_by_the_engine_and_is_no_change_afterwards()
    {
        await using var peer = await StackPeer.StartAsync();
        var wanted = MadeStack.OfService(
            string.Join("\n    ", Refused), "networks: { n: { enable_ipv6: true } }\nvolumes: { vol: {} }\n"
                + "secrets: { x: { environment: HIDDEN } }\nconfigs: { c: { content: text } }\n");
        Assert.Empty(wanted.Refusals);

        var (networks, _) = await DeployAsync(peer, wanted);

        var names = networks
            .SelectMany(group => group.Select(id => (Id: id, group.Key)))
            .ToDictionary(pair => pair.Id, pair => pair.Key);
        var actual = await peer.Engine.Swarm.ServicesAsync(null, CancellationToken.None);
        var changes =
            from service in wanted.Services
            from change in SpecComparer
                .Compare(service, actual.Single(other => other.Spec.Name == service.Spec.Name), names).Changes
            select $"{service}: {change.Field}: {change.Old} -> {change.New}";
        Assert.Equal([], changes);
    }

    [StackPeerFact(overSharedData: true)]
    public async Task Files_of_the_corpus_are_deployed_as_docker_stack_does()
    {
        await using var peer = await StackPeer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("corpus");
        var differences = new List<string>();
        var count = 0;
        try
        {
            foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder!, "corpus", "cases.jsonl")))
            {
                var given = JsonNode.Parse(line)!;
                if (!Corpus.Contains((string)given["id"]!))
                    continue;
                count++;
                var directory = Path.Combine(SharedData.Folder!, "corpus", (string)given["dir"]!);
                var files = given["files"]!.AsArray().Select(file => Path.Combine(directory, (string)file!)).ToList();
                var environment = given["env"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? "");
                files.AddRange(Images(directory, files, environment, Path.Combine(folder.FullName, count + ".yaml")));
                differences.AddRange((await DifferencesAsync(peer, $"corpus{count}", directory, files, environment))
                    .Select(difference => $"{given["id"]}: {difference}"));
            }
        }
        finally
        {
            folder.Delete(true);
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.Equal(Corpus.Length, count);
    }

    /// <summary>A last file that gives an image to services that are built.</summary>
    private static IEnumerable<string> Images(
        string directory, IReadOnlyList<string> files, IReadOnlyDictionary<string, string> environment, string path)
    {
        var built = Load("p", directory, files, environment).Services.Values.Where(service => service.Image is null).ToList();
        if (built.Count == 0)
            return [];
        File.WriteAllText(
            path, "services:\n" + string.Concat(built.Select(service => $"  {service.Name}: {{ image: busybox }}\n")));
        return [path];
    }

    /// <summary>Deploys with docker stack and by our specs, under two names, and compares.</summary>
    private static async Task<IReadOnlyList<string>> DifferencesAsync(
        StackPeer peer,
        string stack,
        string directory,
        IReadOnlyList<string> files,
        IReadOnlyDictionary<string, string> environment)
    {
        var (code, output) = await peer.DockerAsync(
            directory, environment,
            [
                .. new[] { "stack", "deploy", "--resolve-image", "never", "--detach" },
                .. files.SelectMany(file => new[] { "-c", file }),
                stack,
            ]);
        if (code != 0)
            return [output];
        var project = Load(stack, directory, files, environment);
        var wanted = Make(project, stack, peer);
        Assert.Empty(wanted.Refusals);
        var token = CancellationToken.None;
        var networks = await peer.Engine.Swarm.NetworksAsync(token);
        var names = networks.ToDictionary(network => network.Id, network => network.Spec.Name);
        var kept = ConfigAdoption.Keep(wanted, await peer.Engine.Swarm.ConfigsAsync(token));
        var services = await peer.Engine.Swarm.ServicesAsync(
            Filters.Label(ComposeLabels.Of(StackLabels.Namespace, stack)), token);
        var found = new List<string>();
        if (services.Count != wanted.Services.Count)
            found.Add($"{services.Count} services instead of {wanted.Services.Count}");
        foreach (var service in kept.Services)
        {
            var actual = services.Single(candidate => candidate.Spec.Name == service.Spec.Name);
            found.AddRange(SpecComparer.Compare(service, actual, names).Changes
                .Select(change => $"{service}: {change.Field}: {change.Old} -> {change.New}"));
        }

        foreach (var network in wanted.Networks)
            found.AddRange(SpecComparer.Compare(network, networks.Single(other => other.Spec.Name == network.Name).Spec)
                .Select(change => $"{network.Name}: {change.Field}: {change.Old} -> {change.New}"));
        found.AddRange(await JsonDifferencesAsync(peer, project, stack));
        await peer.DockerAsync(directory, environment, "stack", "rm", stack, stack + Ours);
        return found;
    }

    private static async Task<IEnumerable<string>> JsonDifferencesAsync(StackPeer peer, ComposeProject project, string theirs)
    {
        var ours = theirs + Ours;
        var wanted = Make(project, ours, peer);
        var (networks, configs) = await DeployAsync(peer, wanted);
        var shown = (await peer.ListAsync("/services")).ToDictionary(
            service => (string)service!["Spec"]!["Name"]!, service => service!["Spec"]!);
        var byId = networks
            .SelectMany(group => group.Select(id => (Id: id, group.Key)))
            .ToDictionary(pair => pair.Id, pair => pair.Key);
        return
        [
            .. from service in wanted.Services
               let old = Shown(shown[$"{theirs}_{service.Key}"], isOurs: false)
               let now = Shown(shown[service.Spec.Name], isOurs: true)
               from path in old.Keys.Union(now.Keys)
               where old.GetValueOrDefault(path) != now.GetValueOrDefault(path)
               select $"{service.Key}: {path}: {old.GetValueOrDefault(path)} -> {now.GetValueOrDefault(path)}",
        ];

        // Stack deploy sorts mounts where it merges files, and keeps a slash at the end of a target.
        static void Sort(JsonNode container)
        {
            if (container["Mounts"] is JsonArray mounts)
            {
                foreach (var mount in mounts)
                    mount!["Target"] = ((string)mount["Target"]!).TrimEnd('/');
                container["Mounts"] = new JsonArray(
                    [.. mounts.OrderBy(mount => (string)mount!["Target"]!, StringComparer.Ordinal)
                        .Select(mount => mount!.DeepClone())]);
            }
        }

        // The same text for the same spec: names of stacks, ids, marks of content and the moved ports apart.
        Dictionary<string, string> Shown(JsonNode spec, bool isOurs)
        {
            var copy = spec.DeepClone();
            Sort(copy["TaskTemplate"]!["ContainerSpec"]!);
            foreach (var network in copy["TaskTemplate"]!["Networks"]?.AsArray() ?? [])
                network!["Target"] = byId.GetValueOrDefault((string)network["Target"]!, "unlisted");
            foreach (var use in (copy["TaskTemplate"]!["ContainerSpec"]!["Configs"]?.AsArray() ?? [])
                .Concat(copy["TaskTemplate"]!["ContainerSpec"]!["Secrets"]?.AsArray() ?? []))
            {
                foreach (var kind in new[] { "Config", "Secret" }.Where(kind => use![kind + "Name"] is not null))
                {
                    use!.AsObject().Remove(kind + "ID");
                    var name = (string)use[kind + "Name"]!;
                    use[kind + "Name"] = name.Length > 9 && name[^9] == '_' ? name[..^9] : name;
                }
            }

            if (copy["TaskTemplate"]!["ContainerSpec"]!["Privileges"]?["CredentialSpec"] is JsonObject credentials
                && configs.ContainsValue((string?)credentials["Config"] ?? ""))
                credentials["Config"] = "known";
            foreach (var port in copy["EndpointSpec"]?["Ports"]?.AsArray() ?? [])
            {
                if ((int?)port!["PublishedPort"] is > MovedBy and var moved && isOurs)
                    port["PublishedPort"] = moved - MovedBy;
            }

            var values = new Dictionary<string, string>();
            Flatten(copy, "", values);
            return values.ToDictionary(pair => pair.Key, pair => pair.Value.Replace(ours, theirs));
        }
    }

    /// <summary>Makes the objects of a stack. Returns the ids of all networks and configs by name.</summary>
    private static async Task<(ILookup<string, string> Networks, Dictionary<string, string> Configs)> DeployAsync(
        StackPeer peer, StackSpec wanted)
    {
        var token = CancellationToken.None;
        foreach (var network in wanted.Networks.Where(network => network.Name.StartsWith(wanted.Name, StringComparison.Ordinal)))
            await peer.Engine.Swarm.CreateNetworkAsync(network, token);
        foreach (var secret in wanted.Secrets)
            await peer.Engine.Swarm.CreateSecretAsync(secret, token);
        foreach (var config in wanted.Configs)
            await peer.Engine.Swarm.CreateConfigAsync(config, token);
        var networks = (await peer.Engine.Swarm.NetworksAsync(token))
            .ToLookup(network => network.Spec.Name, network => network.Id);
        var secrets = (await peer.Engine.Swarm.SecretsAsync(token)).ToDictionary(secret => secret.Spec.Name, secret => secret.Id);
        var configs = (await peer.Engine.Swarm.ConfigsAsync(token)).ToDictionary(config => config.Spec.Name, config => config.Id);
        foreach (var service in wanted.Services)
            await peer.Engine.Swarm.CreateServiceAsync(Bound(service.Spec), null, token);
        return (networks, configs);

        SwarmServiceSpec Bound(SwarmServiceSpec spec)
        {
            var container = spec.TaskTemplate.ContainerSpec;
            return spec with
            {
                // Two services cannot publish one port.
                EndpointSpec = spec.EndpointSpec is { } endpoint
                    ? endpoint with { Ports = endpoint.Ports?.Select(Moved).ToList() }
                    : null,
                TaskTemplate = spec.TaskTemplate with
                {
                    Networks = spec.TaskTemplate.Networks?
                        .Select(network => network with
                        {
                            Target = network.Name is { } name ? networks[name].First() : network.Target,
                        })
                        .ToList(),
                    ContainerSpec = container with
                    {
                        Secrets = container.Secrets?.Select(use => use with { SecretID = secrets[use.SecretName!] }).ToList(),
                        Configs = container.Configs?.Select(use => use with { ConfigID = configs[use.ConfigName!] }).ToList(),
                    },
                },
            };
        }

        static SwarmPort Moved(SwarmPort port) => port.PublishMode == "host" || port.PublishedPort is null
            ? port
            : port with { PublishedPort = port.PublishedPort + MovedBy };
    }

    /// <summary>Each value by its path. A value that is left out means the same as an empty one, false or zero.</summary>
    private static void Flatten(JsonNode? node, string path, Dictionary<string, string> values)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                    Flatten(value, path.Length == 0 ? name : path + "." + name, values);
                break;
            case JsonArray list:
                for (var index = 0; index < list.Count; index++)
                    Flatten(list[index], $"{path}[{index}]", values);
                break;
            case not null when node.ToJsonString() is not ("0" or "false" or "\"\"") and var text:
                values[path] = text;
                break;
        }
    }

    private static StackSpec Make(ComposeProject project, string stack, StackPeer peer) =>
        StackSpecs.Make(project, new StackRequest
        {
            Stack = stack,
            ApiMinor = peer.Engine.ApiVersion.Minor,
            Ordered = true,
            Contents = StackContents.Read(project),
        });

    private static ComposeProject Load(
        string name, string directory, IReadOnlyList<string> files, IReadOnlyDictionary<string, string> environment)
    {
        var result = ProjectLoader.Load(new LoadRequest
        {
            WorkingDirectory = directory,
            Paths = files,
            ProjectName = name,
            Environment = new Dictionary<string, string>(environment) { ["HOME"] = "/nonexistent" },
        });
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        return result.Project!;
    }
}
#endif
