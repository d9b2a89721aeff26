using System.Text;

namespace Compose.Files.Schema;

/// <summary>Writes docs/support.md: every attribute of the specification and which part carries it out.</summary>
internal static class SupportTable
{
    private const string Introduction = """
        # What is supported

        Every attribute of the compose specification, from the one table the loader works with. *engine*: sent to the engine.
        *client*: carried out by this module. *Swarm*: has an effect on a Swarm only, so it is warned about. *not yet*: known and
        not carried out yet, so it is warned about. *without effect*: accepted and warned about. `x-` attributes are allowed
        everywhere.

        *on a Swarm* says what Invoke-ComposeDeploy does. *yes*: deployed. *partly*: some values are deployed, the others warned
        about or refused. *warned about*: left out. *refused*: the project is not deployed.

        """;

    /// <summary>The section about lists that are merged from several files.</summary>
    private static string Layers(string refused) => $"""

        ## Where layers are joined

        Lists of several files, and of a service and the one it extends, are joined. As in docker compose:

        - An item that is in a list twice after joining is refused, at its place. Say it in one layer only, or begin the later
          list with `!override`. The lists are {refused}.
        - `extra_hosts` keeps every address: a host that two layers give different addresses has both, the earlier layer's first.
          Write `extra_hosts: !override` to replace them. The same host and address in both layers counts once; twice in one
          list, it is refused.

        """;

    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        var written = new HashSet<Section>();
        var open = new Queue<(string Path, Section Section, SwarmSupport OnSwarm)>(
            [("", ComposeSchema.Project, SwarmSupport.Yes)]);
        while (open.Count > 0)
        {
            var (path, section, above) = open.Dequeue();
            if (!written.Add(section))
                continue;
            text.Append("\n## ")
                .Append(path.Length == 0 ? "The top level" : $"`{path}`")
                .Append("\n\n| attribute | value | carried out by | on a Swarm |\n|---|---|---|---|\n");
            foreach (var attribute in section.Attributes)
            {
                // What is within an attribute that is left out is left out, too.
                var swarm = above is SwarmSupport.Warned or SwarmSupport.Refused ? above : attribute.OnSwarm;
                text.Append("| `")
                    .Append(attribute.Name)
                    .Append("` | ")
                    .Append(attribute.Shape.Expected)
                    .Append(" | ")
                    .Append(By(attribute.Support))
                    .Append(" | ")
                    .Append(On(swarm))
                    .Append(" |\n");
                if (Inner(attribute.Shape) is var (inner, step))
                    open.Enqueue(((path.Length == 0 ? "" : path + ".") + attribute.Name + step, inner, swarm));
            }
        }

        var refused =
            from attribute in ServiceSection.Service.Attributes
            where attribute is { Distinct: true, Merge: MergeRule.Natural }
            select $"`{attribute.Name}`";
        return text.Append(Layers(string.Join(", ", refused))).ToString();
    }

    private static string By(Support support) => support switch
    {
        Support.Engine => "engine",
        Support.Client => "client",
        Support.Swarm => "Swarm",
        Support.NotYet => "not yet",
        _ => "without effect",
    };

    private static string On(SwarmSupport support) => support switch
    {
        SwarmSupport.Yes => "yes",
        SwarmSupport.Partly => "partly",
        SwarmSupport.Refused => "refused",
        _ => "warned about",
    };

    private static (Section Section, string Step)? Inner(Shape shape) => shape switch
    {
        SectionShape section => (section.Section, ""),
        ShortForm form => Inner(form.Long),
        ListShape list when Inner(list.Item) is var (section, step) => (section, "[]" + step),
        MapShape map when Inner(map.Value) is var (section, step) => (section, ".*" + step),
        _ => null,
    };
}
