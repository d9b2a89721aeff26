using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using Compose.Errors;

namespace Compose.Module.Common.Output;

/// <summary>
/// Asks before data is lost. The default is No. If the host cannot prompt, the answer is No, with a warning.
/// </summary>
/// <param name="host">The host, which shows the prompt.</param>
/// <param name="warn">Writes a warning.</param>
/// <param name="allowLossAdvice">The advice how to allow the loss without a prompt.</param>
internal sealed class DataPrompt(PSHost host, Action<string> warn, string allowLossAdvice)
{
    private const int YesToAll = 1;
    private const int No = 2;
    private const int NoToAll = 3;

    private bool? _all;

    public bool Agrees(string question)
    {
        if (_all is { } all)
            return all;
        try
        {
            var answer = host.UI.PromptForChoice("Data would be lost", TerminalText.Block(question), Choices(), No);
            if (answer is YesToAll or NoToAll)
                _all = answer == YesToAll;
            // A host at the end of its input answers with the default, so the warning says that the answer was No.
            if (answer is No or NoToAll)
                warn($"{question} The answer is No, so the data is kept.");
            return answer is not (No or NoToAll);
        }
        // Hosts that cannot prompt throw various exceptions: with -NonInteractive, without a user interface, at the end of input.
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            warn($"{question} This session cannot ask, so the data is kept. {allowLossAdvice}");
            return false;
        }
    }

    private static Collection<ChoiceDescription> Choices() =>
    [
        new("&Yes", "Lose the data this question names."),
        new("Yes to &All", "Lose the data of all further questions too."),
        new("&No", "Keep the data."),
        new("No to A&ll", "Keep the data of all further questions too."),
    ];
}
