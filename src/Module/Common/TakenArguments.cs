using System.Management.Automation;
using System.Management.Automation.Language;

namespace Compose.Module.Common;

/// <summary>
/// Finds what of a command in a container the shell took for the cmdlet's own parameters: without -- before it, <c>tail -n 5</c>
/// loses its -n to -NoTty.
/// </summary>
internal static class TakenArguments
{
    /// <summary>Warns of each that was abbreviated and stands within the command; what is spelled out is meant.</summary>
    public static void Warn(PSCmdlet cmdlet)
    {
        foreach (var (written, parameter) in Find(cmdlet.MyInvocation))
            cmdlet.WriteWarning($"'-{written}' was taken for -{parameter} and not for the command. Write -- before a command whose arguments begin with a dash.");
    }

    private static IEnumerable<(string Written, string Parameter)> Find(InvocationInfo invocation)
    {
        var start = invocation.OffsetInLine - 1;
        if (Parser.ParseInput(invocation.Line ?? "", out _, out _).Find(node => node is CommandAst && node.Extent.StartOffset == start, true) is not CommandAst command)
            yield break;
        // The service and the name of the command come first; either may be named instead.
        var isCommand = false;
        var hasService = false;
        var isValue = false;
        foreach (var element in command.CommandElements.Skip(1).TakeWhile(element => element.Extent.Text != "--"))
        {
            var given = element as CommandParameterAst;
            if (given is not null && Parameter(invocation.MyCommand, given.ParameterName) is { } parameter)
            {
                if (isCommand && (given.ParameterName.Length == 1 || !IsSpelled(parameter, given.ParameterName)))
                    yield return (given.ParameterName, parameter.Name);
                hasService |= parameter.Name == "Service";
                isCommand |= parameter.Name == "Command";
                isValue = !parameter.SwitchParameter && given.Argument is null;
                continue;
            }

            if (!isValue)
                (isCommand, hasService) = (hasService, true);
            isValue = false;
        }
    }

    private static ParameterMetadata? Parameter(CommandInfo command, string name) =>
        command.Parameters.Values.FirstOrDefault(parameter => IsSpelled(parameter, name))
        ?? command.Parameters.Values.FirstOrDefault(parameter => parameter.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsSpelled(ParameterMetadata parameter, string name) =>
        parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || parameter.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}
