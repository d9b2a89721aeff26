using Compose.Errors;
using Compose.Execute.Running;
using Compose.Model.Config;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Tests.Plan;

/// <summary>The release of docker compose that is used for a project.</summary>
public class ComposeReleaseTests
{
    private const string Yaml = "services:\n  web: { image: busybox, profiles: [] }\n";

    [Theory]
    [InlineData("2.26.1", "2.26.0", false, false, true)]
    [InlineData("2.29.7", "2.29.3", false, false, true)]
    [InlineData("2.30.3", "2.30.2", false, false, false)]
    [InlineData("2.31.0", "2.30.2", true, false, false)]
    [InlineData("2.32.4", "2.32.0", true, true, false)]
    [InlineData("2.34.0", "2.34.0", true, true, false)]
    [InlineData("2.40.3-desktop.1", "2.36.0", true, true, false)]
    [InlineData("5.0.1", "5.0.0", true, true, false)]
    [InlineData("5.0", "5.0.0", true, true, false)]
    [InlineData("5.1.4", "5.0.2", true, true, false)]
    [InlineData("v5.5.0", "5.2.0", true, true, false)]
    [InlineData("1.29.2", "2.20.0", false, false, true)]
    public void A_release_has_its_hash_rule(string version, string rule, bool networks, bool volumes, bool numbersOneOffs)
    {
        var release = new ComposeRelease(version);
        Assert.Equal(
            (rule, networks, volumes, numbersOneOffs),
            (ConfigForm.HashRules[release.HashRule].Name, release.HashesNetworks, release.HashesVolumes, release.NumbersOneOffs));
    }

    [Theory]
    [InlineData(new string[0], null, null, "5.5.0")]
    [InlineData(new string[0], "2.26.1", null, "2.26.1")]
    [InlineData(new string[0], null, "2.40.3", "2.40.3")]
    [InlineData(new string[0], "2.26.1", "2.40.3", "2.26.1")]
    [InlineData(new string[0], null, " ", "5.5.0")]
    [InlineData(new string[0], "v2.40", null, "2.40.0")]
    [InlineData(new string[0], "2.37.1+ds1-0ubuntu2", null, "2.37.1")]
    [InlineData(new[] { "2.26.1" }, null, null, "2.26.1")]
    [InlineData(new[] { "2.26.1" }, "5.0.0", "2.40.3", "2.26.1")]
    [InlineData(new[] { "5.5.0", "2.40.3" }, null, null, "5.5.0")]
    [InlineData(new[] { "5.5.0", "2.40.3" }, null, "2.40.3-3", "2.40.3")]
    [InlineData(new[] { "unknown" }, "2.31.0", null, "2.31.0")]
    public void A_project_keeps_the_one_it_carries_and_a_new_one_takes_the_one_asked_for(
        string[] carried, string? asked, string? lasting, string expected) =>
        Assert.Equal(expected, Of(carried, asked, lasting).Version);

    [Theory]
    [InlineData("2.26.1-4", "2.26.1-debian")]
    [InlineData("2.26.1", "2.26.0")]
    [InlineData("2.40.3-3", "2.36.0")]
    public void The_build_of_Debian_has_its_own_rule(string asked, string rule)
    {
        var release = Of([], asked, null);
        Assert.Equal((rule, asked.Split('-')[0]), (ConfigForm.HashRules[release.HashRule].Name, release.Version));
    }

    [Theory]
    [InlineData(true, "2.26.1-debian")]
    [InlineData(false, "2.26.0")]
    public void Which_build_began_a_project_its_hashes_say(bool debian, string rule)
    {
        const string yaml = "services:\n  web: { image: busybox, devices: ['/dev/null:/dev/x'] }\n";
        var hashes = Hashing.Rules.Service(Situation.Load(yaml).Services["web"]);
        var release = Of(["2.26.1"], null, null, yaml, hashes[new ComposeRelease("2.26.1") { IsDebian = debian }.HashRule]);
        Assert.Equal(rule, ConfigForm.HashRules[release.HashRule].Name);
    }

    [Fact]
    public void A_setting_that_is_no_version_is_refused_with_advice()
    {
        var error = Assert.Throws<ComposeException>(() => Of([], null, "latest")).Info;
        Assert.Equal("InvalidComposeVersion", error.Id);
        Assert.Contains("docker compose version --short", error.Advice);
    }

    private static ComposeRelease Of(string[] carried, string? asked, string? lasting, string yaml = Yaml, string? hash = null)
    {
        var situation = new Situation(yaml);
        for (var index = 0; index < carried.Length; index++)
        {
            var version = carried[index];
            situation.Container("web", index + 1, web => web with
            {
                Labels = new Dictionary<string, string>(web.Labels.ToDictionary(label => label.Key, label => label.Value))
                {
                    [ComposeLabels.Version] = version,
                    [ComposeLabels.ConfigHash] = hash ?? "x",
                },
            });
        }

        var project = Situation.Load(yaml);
        if (lasting is not null)
            project = project with { Environment = new Dictionary<string, string> { ["COMPOSE_SHARED_VERSION"] = lasting } };
        return ComposeRelease.Of(project, situation.State, new UpOptions { Release = asked }, Hashing.Rules);
    }
}
