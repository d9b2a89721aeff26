using Compose.Engine.Dto;
using Compose.Errors;
using Compose.State;
using Compose.Swarm.Specs;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Specs;

/// <summary>The objects of a stack: their names, labels and contents, and where warnings and refusals point to.</summary>
public class StackSpecsTests
{
    private const string WithConfig = "services:\n  a: { image: busybox, configs: [c] }\nconfigs:\n  c: { file: c.txt }\n";

    [Fact]
    public void A_warning_has_the_place_of_its_attribute()
    {
        var stack = MadeStack.Of(
            "services:\n  a:\n    image: busybox\n    ports:\n      - target: 80\n        host_ip: 127.0.0.1\n"
                + "    privileged: true\n");

        Assert.Collection(
            stack.Warnings,
            warning => Assert.Matches(@"compose\.yaml:6:9: .*'host_ip'.* of service 'a'", warning),
            warning => Assert.Matches(@"compose\.yaml:7:5: .*'privileged'.* of service 'a'", warning));
    }

    [Theory]
    [InlineData("privileged: false")]
    [InlineData("devices: []")]
    [InlineData("domainname: ''")]
    public void What_asks_for_nothing_is_not_warned_about(string attribute) =>
        Assert.Empty(MadeStack.OfService(attribute).Warnings);

    [Fact]
    public void A_dependency_is_warned_about_unless_services_wait()
    {
        const string yaml = "services:\n  a:\n    image: busybox\n    depends_on: [b]\n  b: { image: busybox }\n";

        Assert.Matches(@":4:5: .*without waiting for b", Assert.Single(MadeStack.Of(yaml, ordered: false).Warnings));
        Assert.Empty(MadeStack.Of(yaml, ordered: true).Warnings);
    }

    [Theory]
    [InlineData("build: .", "SwarmServiceWithoutImage", ":3:5:")]
    [InlineData("provider: { type: t }", "SwarmServiceWithProvider", ":3:5:")]
    [InlineData("{ image: i, network_mode: 'service:b' }", "SwarmNetworkMode", ":3:17:")]
    [InlineData("{ image: i, scale: 2, deploy: { mode: global } }", "SwarmReplicasOfGlobal", ":3:17:")]
    [InlineData("{ image: i, deploy: { mode: global-job, update_config: { parallelism: 1 } } }", "SwarmUpdateOfJob", ":3:45:")]
    [InlineData("{ image: i, ports: ['80:80'], deploy: { endpoint_mode: dnsrr } }", "SwarmIngressWithDnsrr", ":3:25:")]
    [InlineData("{ image: i, deploy: { mode: other } }", "SwarmModeUnknown", ":3:27:")]
    public void A_refusal_has_an_id_and_a_place(string service, string id, string place)
    {
        var stack = MadeStack.Of($"services:\n  a:\n    {service}\n  b: {{ image: busybox }}\n");

        var refusal = Assert.Single(stack.Refusals);
        Assert.Equal(id, refusal.Id);
        Assert.Contains("compose.yaml" + place, refusal.Message);
        Assert.NotNull(refusal.Advice);
    }

    [Fact]
    public void A_network_that_spans_no_nodes_is_refused() => Assert.Equal(
        "SwarmNetworkDriver",
        Assert.Single(MadeStack.OfService("networks: [n]", "networks: { n: { driver: bridge } }").Refusals).Id);

    [Theory]
    [InlineData(0)]
    [InlineData(1_024_000)]
    public void A_content_that_no_swarm_takes_is_refused(int size) => Assert.Equal(
        "SwarmContentSize",
        Assert.Single(MadeStack.Of(WithConfig, new Dictionary<string, string> { ["c.txt"] = new('x', size) }).Refusals).Id);

    [Theory]
    [InlineData("a.b")]
    [InlineData("-a")]
    public void A_name_that_no_swarm_takes_is_refused(string name)
    {
        var project = LoadedFiles.Load("services: { a: { image: busybox } }").Project!;

        var stack = StackSpecs.Make(
            project, new StackRequest { Stack = name, ApiMinor = 51, Contents = StackContents.Of(project, null) });

        Assert.Equal("SwarmStackName", Assert.Single(stack.Refusals).Id);
    }

    [Fact]
    public void An_older_engine_is_not_sent_what_it_does_not_know()
    {
        var stack = MadeStack.OfService("security_opt: ['no-new-privileges']", apiMinor: 41);

        Assert.Contains("API 1.44", Assert.Single(stack.Warnings));
        Assert.Null(stack.Services[0].Spec.TaskTemplate.ContainerSpec.Privileges);
    }

    [Fact]
    public void A_subpath_that_the_engine_would_ignore_is_refused() => Assert.Equal(
        PlanErrors.EngineLacks.Id,
        Assert.Single(MadeStack.OfService(
            "volumes: [{ type: volume, source: vol, target: /d, volume: { subpath: x } }]",
            "volumes: { vol: {} }",
            41).Refusals).Id);

    [Fact]
    public void A_config_is_named_by_its_content()
    {
        var (one, same, other) = (Config("text"), Config("text"), Config("other"));

        Assert.Matches("^s_c_[0-9a-f]{8}$", one.Name);
        Assert.Equal(one.Name, same.Name);
        Assert.NotEqual(one.Name, other.Name);
        Assert.Equal("c", one.Labels![StackLabels.Key]);
        Assert.Equal("s", one.Labels[StackLabels.Namespace]);

        static SwarmConfigSpec Config(string text) =>
            Assert.Single(MadeStack.Of(WithConfig, new Dictionary<string, string> { ["c.txt"] = text }).Configs);
    }

    [Theory]
    [InlineData("{ file: c.txt, name: given }", "^given_[0-9a-f]{8}$")]
    [InlineData("{ file: c.txt, template_driver: golang }", "^s_c_(?!982d9e3e)[0-9a-f]{8}$")]
    [InlineData("{ content: text }", "^s_c_982d9e3e$")]
    [InlineData("{ environment: HIDDEN }", "^s_c_[0-9a-f]{8}$")]
    public void Whatever_cannot_be_changed_is_in_the_name(string config, string name)
    {
        var stack = MadeStack.Of(
            $"services:\n  a: {{ image: busybox, configs: [c] }}\nconfigs:\n  c: {config}\n",
            new Dictionary<string, string> { ["c.txt"] = "text" });

        Assert.Matches(name, Assert.Single(stack.Configs).Name);
    }

    [Fact]
    public void A_long_name_makes_room_for_the_mark_and_stays_its_own()
    {
        var (one, other) = (new string('x', 70) + "1", new string('x', 70) + "2");

        Assert.Equal(64, ContentName.Of(one, [1], "").Length);
        Assert.NotEqual(ContentName.Of(one, [1], ""), ContentName.Of(other, [1], ""));
    }

    [Fact]
    public void A_secret_of_a_driver_keeps_its_name_and_has_no_content()
    {
        var secret = Assert.Single(MadeStack.OfService(
            "secrets: [x]", "secrets: { x: { environment: HIDDEN, driver: vault, driver_opts: { a: b } } }").Secrets);

        Assert.Equal("s_x", secret.Name);
        Assert.Null(secret.Data);
        Assert.Equal("vault", secret.Driver!.Name);
    }

    [Fact]
    public void A_content_is_in_no_text()
    {
        var stack = MadeStack.OfService("secrets: [x]", "secrets: { x: { environment: HIDDEN } }");

        var secret = Assert.Single(stack.Secrets);
        Assert.Equal("hidden", System.Text.Encoding.UTF8.GetString(secret.Data!));
        Assert.DoesNotContain("hidden", secret + stack.ToString() + MadeStack.At(stack.Services[0].Spec, "TaskTemplate"));
    }

    [Fact]
    public void External_objects_are_used_under_their_names_and_not_made()
    {
        var stack = MadeStack.OfService(
            "networks: [n, h]\n    secrets: [x]\n    configs: [c]",
            "networks: { n: { external: true, name: out }, h: { external: true, name: host } }\n"
                + "secrets: { x: { external: true } }\nconfigs: { c: { external: true, name: given } }\n");

        Assert.Empty(stack.Networks);
        Assert.Empty(stack.Secrets);
        Assert.Empty(stack.Configs);
        Assert.Equal(
            ["network out", "secret x", "config given"], stack.External.Select(item => $"{item.Kind} {item.Name}"));
    }

    [Fact]
    public void Only_what_services_use_is_made() => Assert.Empty(
        MadeStack.OfService("network_mode: host", "networks: { n: {} }\nconfigs: { c: { content: x } }").Networks);

    [Fact]
    public void The_stack_s_name_is_in_the_names_although_the_project_has_another()
    {
        // The project of LoadedFiles is p, and the stack s.
        var stack = MadeStack.OfService("networks: [n, m]", "networks: { n: {}, m: { name: own } }");

        Assert.Equal(["s_n", "own"], stack.Networks.Select(network => network.Name));
        Assert.Equal("s_a", stack.Services[0].Spec.Name);
    }

    [Fact]
    public void A_network_has_what_the_file_says()
    {
        var network = Assert.Single(MadeStack.OfService(
            "networks: [n]",
            "networks: { n: { internal: true, attachable: true, enable_ipv6: true, driver_opts: { a: b }, labels: { l: m }, "
                + "ipam: { config: [{ subnet: 10.1.0.0/24, gateway: 10.1.0.9, ip_range: 10.1.0.128/25 }] } } }").Networks);

        Assert.Equal(
            """{"Name":"s_n","Driver":"overlay","Scope":"swarm","Internal":true,"Attachable":true,"EnableIPv6":true"""
                + ""","IPAM":{"Config":[{"Subnet":"10.1.0.0/24","IPRange":"10.1.0.128/25","Gateway":"10.1.0.9"}]}"""
                + ""","Options":{"a":"b"},"Labels":{"com.docker.stack.namespace":"s","l":"m"}}""",
            MadeStack.At(new { Network = network }, "Network"));
    }

    [Fact]
    public void A_config_that_docker_stack_made_is_kept_while_its_content_is_the_same()
    {
        var stack = MadeStack.Of(WithConfig, new Dictionary<string, string> { ["c.txt"] = "text" });

        Assert.Equal("s_c", Use(ConfigAdoption.Keep(stack, [Theirs("text")])));
        Assert.Matches("^s_c_", Use(ConfigAdoption.Keep(stack, [Theirs("old")])));

        static SwarmConfig Theirs(string text) => new()
        {
            Id = "1", Spec = new SwarmConfigSpec { Name = "s_c", Data = System.Text.Encoding.UTF8.GetBytes(text) },
        };

        static string? Use(StackSpec kept)
        {
            var name = Assert.Single(kept.Services[0].Spec.TaskTemplate.ContainerSpec.Configs!).ConfigName;
            Assert.Equal(Assert.Single(kept.Configs).Name, name);
            return name;
        }
    }
}
