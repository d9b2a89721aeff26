using static Compose.Files.Schema.Shapes;

namespace Compose.Files.Schema;

/// <summary>The attributes of <c>develop</c>.</summary>
internal static class DevelopSection
{
    private static readonly Section Watch = new("watch",
        new("action", OneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec"), Support.Client) { Required = true },
        new("exec", Shapes.Section(ServicePartSections.Hook), Support.Client),
        new("ignore", StringOrList, Support.Client),
        new("include", StringOrList, Support.Client),
        new("initial_sync", BooleanValue, Support.Client),
        new("path", PathValue, Support.Client) { Required = true },
        new("target", StringValue, Support.Client));

    public static readonly Section Develop = new("develop",
        new AttributeRule("watch", ListOf(Watch), Support.Client));
}
