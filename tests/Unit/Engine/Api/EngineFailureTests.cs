using System.Text;
using Compose.Engine.Api;

namespace Compose.Tests.Engine.Api;

/// <summary>What the engine's words mean for callers. The ids are what users see, and never change.</summary>
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
    public void Words_that_callers_act_on_have_a_kind_beside_the_id(int status, string message, string refusal, string id)
    {
        var failure = EngineFailure.From(status, Encoding.UTF8.GetBytes(Json(message)), "web");

        var refused = Assert.IsType<EngineException>(failure);
        Assert.Equal((status, refusal, id), (refused.Status, refused.Refusal.ToString(), refused.Info.Id));
        Assert.Equal(message, refused.Info.Message);
    }

    [Fact]
    public void A_web_page_is_no_refusal_of_a_kind() =>
        Assert.Equal(
            EngineRefusal.Other,
            Assert.IsType<EngineException>(
                EngineFailure.From(501, Encoding.UTF8.GetBytes("<html>marked read-only</html>"), "web")).Refusal);

    private static string Json(string message) => "{\"message\":\"" + message.Replace("\"", "\\\"") + "\"}";
}
