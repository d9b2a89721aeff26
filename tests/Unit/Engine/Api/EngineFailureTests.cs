using System.Text;
using Compose.Engine.Api;

namespace Compose.Tests.Engine.Api;

/// <summary>How engine messages become error ids. Users see the ids, so they never change.</summary>
public class EngineFailureTests
{
    [Theory]
    [InlineData(403, "container rootfs is marked read-only", "ReadOnly", "EngineNotAuthorized")]
    [InlineData(403, "mounted volume is marked read-only", "ReadOnly", "EngineNotAuthorized")]
    [InlineData(400, "stat /etc/hostname/: not a directory", "NotADirectory", "EngineBadRequest")]
    [InlineData(500, "lstat /etc/hostname/: not a directory", "NotADirectory", "EngineRefused")]
    [InlineData(500, "/etc is not a directory, it seems", "Other", "EngineRefused")]
    [InlineData(501, "no such feature here", "NotSupported", "EngineRefused")]
    [InlineData(500, "configured logging driver does not support reading", "NotSupported", "EngineRefused")]
    [InlineData(500, "getent unable to find entry \"1234\" in passwd database", "UnknownUser", "EngineRefused")]
    [InlineData(500, "Unable to find user 1234: no matching entries in passwd file", "UnknownUser", "EngineRefused")]
    [InlineData(500, "unable to remove filesystem", "Other", "RemovalUnfinished")]
    [InlineData(409, "conflict", "Other", "EngineConflict")]
    [InlineData(503, "This node is not a swarm manager. Use \"docker swarm init\" or join one.", "Other", "NotASwarmManager")]
    [InlineData(503, "This node is not a swarm manager. Worker nodes can't be used to view it.", "Other", "SwarmWorkerNode")]
    [InlineData(500, "rpc error: code = Unknown desc = update out of sequence", "Other", "SwarmUpdateOutOfSequence")]
    [InlineData(500, "rpc error: desc = The swarm does not have a leader.", "Other", "SwarmHasNoLeader")]
    [InlineData(400, "rpc error: desc = secret 'x' is in use by the following service: p_web", "Other", "SwarmObjectInUse")]
    [InlineData(409, "rpc error: desc = name conflicts with an existing object: service p_web", "Other", "NameInUse")]
    public void Words_that_callers_act_on_have_a_kind_beside_the_id(int status, string message, string refusal, string id)
    {
        var failure = EngineFailure.From(status, Encoding.UTF8.GetBytes(Json(message)), "web");

        var refused = Assert.IsType<EngineException>(failure);
        Assert.Equal((status, refusal, id), (refused.Status, refused.Refusal.ToString(), refused.Info.Id));
        Assert.Equal(message, refused.Info.Message);
    }

    [Theory]
    [InlineData(
        409, "The container name \"/web\" is already in use by container \"0123456789abcdef\". You have to remove it",
        "NameInUse",
        "0123456789abcdef", null)]
    [InlineData(409, "the name web is in use by container 0123456789ab", "EngineConflict", null, null)]
    [InlineData(
        500, "driver failed: Bind for 0.0.0.0:8080 failed: port is already allocated", "PortInUse", null, 8080)]
    [InlineData(500, "listen tcp4 0.0.0.0:8080: bind: address already in use", "PortInUse", null, 8080)]
    [InlineData(
        500, "failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use", "PortInUse", null, 8080)]
    [InlineData(
        500, "failed to bind host port for [::]:8080:[fd00::2]:80/tcp: address already in use", "PortInUse", null, 8080)]
    [InlineData(500, "failed to bind host port 0.0.0.0:8080/tcp: address already in use", "PortInUse", null, 8080)]
    [InlineData(
        500, "failed to bind host port for 192.0.2.1:80:172.17.0.2:80/tcp: cannot assign requested address", "EngineRefused",
        null, null)]
    [InlineData(500, "endpoint x (a1b2): Bind for :::8080 failed: port is already allocated", "PortInUse", null, 8080)]
    [InlineData(500, "listen tcp6 [::]:8080: bind: address already in use", "PortInUse", null, 8080)]
    [InlineData(500, "Bind for nowhere failed: port is already allocated", "PortInUse", null, null)]
    public void What_holds_a_name_or_a_port_is_read_from_the_engines_words(
        int status, string message, string id, string? holder, int? port)
    {
        var refused = Assert.IsType<EngineException>(EngineFailure.From(status, Encoding.UTF8.GetBytes(Json(message)), "web"));

        Assert.Equal((id, holder, port), (refused.Info.Id, refused.NameHolder, refused.HostPort));
    }

    [Fact]
    public void A_web_page_is_no_refusal_of_a_kind() =>
        Assert.Equal(
            EngineRefusal.Other,
            Assert.IsType<EngineException>(
                EngineFailure.From(501, Encoding.UTF8.GetBytes("<html>marked read-only</html>"), "web")).Refusal);

    private static string Json(string message) => "{\"message\":\"" + message.Replace("\"", "\\\"") + "\"}";
}
