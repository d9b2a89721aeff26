using static Compose.Files.Schema.Shapes;

namespace Compose.Files.Schema;

/// <summary>What to watch while developing.</summary>
internal static class DevelopSection
{
    private static readonly Section Watch = new("watch",
        new("action", OneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec"), Support.NotYet) { Required = true },
        new("exec", Shapes.Section(ServicePartSections.Hook), Support.NotYet),
        new("ignore", StringOrList, Support.NotYet),
        new("include", StringOrList, Support.NotYet),
        new("initial_sync", BooleanValue, Support.NotYet),
        new("path", PathValue, Support.NotYet) { Required = true },
        new("target", StringValue, Support.NotYet));

    public static readonly Section Develop = new("develop",
        new AttributeRule("watch", ListOf(Watch), Support.NotYet));
}
