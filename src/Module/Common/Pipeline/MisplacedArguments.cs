using System.Management.Automation;
using System.Management.Automation.Language;
using Compose.Errors;
using Compose.Module.Common.Output;

namespace Compose.Module.Common.Pipeline;

/// <summary>
/// Detects arguments of a command that the shell bound to parameters of the cmdlet. Without -- before it, <c>tail -n 5</c>
/// would lose its -n to -NoTty and run as another command. A parameter in full after the service is the cmdlet's.
/// </summary>
internal static class MisplacedArguments
{
    /// <summary>
    /// Throws a terminating error, with the line to type, if an argument of the command was bound as a short parameter.
    /// </summary>
    /// <param name="cmdlet">The cmdlet that runs a command.</param>
    /// <param name="isAmbiguous">Whether an argument is an abbreviation of several parameters.</param>
    public static void Refuse(PSCmdlet cmdlet, bool isAmbiguous)
    {
        var call = Call.Of(cmdlet.MyInvocation);
        var name = cmdlet.MyInvocation.MyCommand.Name;
        if (call?.Taken is { } taken)
        {
            cmdlet.ThrowTerminatingError(Error($"'{taken}' after the service would be a parameter of {name}, not of the command. "
                + $"Nothing was run. Type: {call.Line}"));
        }

        if (isAmbiguous)
            cmdlet.ThrowTerminatingError(Error("An argument is short for several parameters. Nothing was run."));
    }

    private static ErrorRecord Error(string message) => ErrorRecords.From(ModuleErrors.MisplacedArgument.Info(message));

    /// <summary>The typed call of the cmdlet.</summary>
    /// <param name="Taken">The first argument of the command that the shell bound as a parameter, or null.</param>
    /// <param name="Line">The same call with -- before the command.</param>
    private sealed record Call(string? Taken, string Line)
    {
        /// <summary>Parses the call; null if there is no text, as for calls through PowerShell's API.</summary>
        public static Call? Of(InvocationInfo invocation)
        {
            var start = invocation.OffsetInLine - 1;
            var script = Parser.ParseInput(invocation.Line ?? "", out _, out _);
            return script.Find(node => node is CommandAst && node.Extent.StartOffset == start, true) is CommandAst command
                ? Read(command, invocation.MyCommand)
                : null;
        }

        private static Call Read(CommandAst command, CommandInfo cmdlet)
        {
            List<string> own = [command.CommandElements[0].Extent.Text];
            List<string> arguments = [];
            string? taken = null;
            var hasService = false;
            var isValue = false;
            foreach (var element in command.CommandElements.Skip(1).TakeWhile(element => element.Extent.Text != "--"))
            {
                // A splatted hashtable has parameters of the cmdlet; it is neither the service nor an argument.
                if (element is VariableExpressionAst { Splatted: true })
                {
                    own.Add(element.Extent.Text);
                    continue;
                }

                var given = element as CommandParameterAst;
                var parameter = given is null ? null : Parameter(cmdlet, given.ParameterName);
                var isOurs = isValue || (parameter is not null && (!hasService || HasName(parameter, given!.ParameterName)));
                if (parameter is not null && !isValue)
                {
                    if (!isOurs)
                        taken ??= given!.Extent.Text;
                    hasService |= parameter.Name == "Service";
                }

                // The first positional argument is the service, unless -Service was given.
                var isService = !isOurs && parameter is null && !hasService;
                (isOurs || isService ? own : arguments).Add(element.Extent.Text);
                hasService |= isService;
                isValue = isOurs && parameter is { SwitchParameter: false } && given!.Argument is null;
            }

            return new(taken, string.Join(" ", own.Append("--").Concat(arguments)));
        }

        /// <summary>
        /// The parameter with a full or abbreviated name. If several match, any will do: the shell refuses the call.
        /// </summary>
        private static ParameterMetadata? Parameter(CommandInfo cmdlet, string name) =>
            cmdlet.Parameters.Values.FirstOrDefault(parameter => IsNamed(parameter, name))
            ?? cmdlet.Parameters.Values.FirstOrDefault(parameter => IsShortened(parameter, name));

        /// <summary>
        /// Whether a parameter is written in full. A one-letter alias does not count, because it may be the command's.
        /// </summary>
        private static bool HasName(ParameterMetadata parameter, string name) =>
            name.Length > 1 && parameter.Name != "MisplacedArgument" && IsNamed(parameter, name);

        private static bool IsNamed(ParameterMetadata parameter, string name) =>
            Names(parameter).Contains(name, StringComparer.OrdinalIgnoreCase);

        private static bool IsShortened(ParameterMetadata parameter, string name) =>
            Names(parameter).Any(known => known.StartsWith(name, StringComparison.OrdinalIgnoreCase));

        private static IEnumerable<string> Names(ParameterMetadata parameter) => parameter.Aliases.Prepend(parameter.Name);
    }
}
