using Compose.Model.Config;
using Compose.Plan;
using Compose.State;

namespace Compose.Tests.Plan;

/// <summary>Which release of docker compose a project is written for.</summary>
public class ComposeReleaseTests
{
    [Theory]
    [InlineData("2.26.1", "2.26", false, false)]
    [InlineData("2.30.3", "2.26", false, false)]
    [InlineData("2.31.0", "2.31", true, false)]
    [InlineData("2.32.4", "2.31", true, true)]
    [InlineData("2.40.3-desktop.1", "2.35", true, true)]
    [InlineData("v5.5.0", "5.0", true, true)]
    [InlineData("1.29.2", "2.26", false, false)]
    public void A_release_has_its_hash_rule(string version, string rule, bool networks, bool volumes)
    {
        var release = new ComposeRelease(version);
        Assert.Equal((rule, networks, volumes), (ConfigForm.HashRules[release.HashRule].Name, release.HashesNetworks, release.HashesVolumes));
    }

    [Theory]
    [InlineData(null, null, "5.0.0")]
    [InlineData(null, "2.26.1", "2.26.1")]
    [InlineData("2.26.1", null, "2.26.1")]
    [InlineData("2.26.1", "5.0.0", "2.26.1")]
    [InlineData("unknown", "2.31.0", "2.31.0")]
    public void A_project_keeps_the_one_it_carries(string? carried, string? asked, string expected)
    {
        var situation = new Situation("services:\n  web: { image: busybox }\n");
        if (carried is not null)
            situation.Container("web", 1, web => web with { Labels = new Dictionary<string, string>(web.Labels.ToDictionary(label => label.Key, label => label.Value)) { [ComposeLabels.Version] = carried } });
        Assert.Equal(expected, ComposeRelease.Of(situation.State, new UpOptions { Release = asked }).Version);
    }
}
