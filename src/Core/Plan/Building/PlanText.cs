using System.Text;
using Compose.Errors;

namespace Compose.Plan.Building;

/// <summary>Writes a plan as text: operations in order, their steps below them, then waits, questions and warnings.</summary>
internal static class PlanText
{
    public static string Write(ComposePlan plan)
    {
        var text = new StringBuilder();
        var actions = plan.Actions.ToLookup(action => action.Operation);
        foreach (var operation in plan.Operations)
        {
            text.Append(Shown(operation.ToString())).Append(": ").Append(Shown(operation.Cause));
            if (operation.Impact != "None")
                text.Append(" (").Append(operation.Impact).Append(')');
            text.Append('\n');
            foreach (var action in actions[operation.Id])
                Write(text, action);
        }

        foreach (var action in actions[0])
            Write(text, action);
        foreach (var question in plan.Questions)
            text.Append("Question ").Append(Shown(question.Id)).Append(": ").Append(Shown(question.Text)).Append('\n');
        foreach (var warning in plan.Warnings)
            text.Append("Warning: ").Append(Shown(warning)).Append('\n');
        return text.Length == 0 ? "Nothing to do\n" : text.ToString();
    }

    private static void Write(StringBuilder text, PlanAction action)
    {
        text.Append("  #").Append(action.Id).Append(' ').Append(Shown(action.ToString()));
        if (Detail(action) is { } detail)
            text.Append(' ').Append(Shown(detail));
        if (action.After.Count > 0)
            text.Append(" after ").Append(string.Join(", ", action.After));
        if (action.Conditional)
            text.Append(action is BuildImage ? " unless it was pulled" : " if the image changes");
        text.Append('\n');
        foreach (var change in action.Changes)
            text.Append("       ").Append(Shown($"{change.Field}: {change.Old ?? "(none)"} -> {change.New ?? "(none)"}"))
                .Append('\n');
    }

    /// <summary>A line break in a name would look like another step.</summary>
    private static string Shown(string text) => TerminalText.Line(text);

    private static string? Detail(PlanAction action) => action switch
    {
        CreateContainer create => "as " + create.Container,
        RenameContainer rename => "to " + rename.NewName,
        ConnectNetwork connect => "with " + connect.Container,
        DisconnectNetwork disconnect => "from " + disconnect.Container,
        WaitForService wait => wait.Condition,
        RunHook hook => hook.Hook,
        KillContainer kill => "with " + kill.Signal,
        RunHookContainer hook => $"{hook.Hook} in {hook.Image}",
        CreateStackNetwork create => "as " + create.Network,
        CreateSecret create => "as " + create.Secret,
        CreateConfig create => "as " + create.Config,
        _ => null,
    };
}
