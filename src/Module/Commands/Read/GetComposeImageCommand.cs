using System.Collections;
using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Images.Registry;
using Compose.Module.Common;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;
using Compose.State;
using Compose.State.Choosing;

namespace Compose.Module.Commands;

/// <summary>
/// Returns the images the containers of a project were made from; with -CheckUpdate, whether their registries have newer ones.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ComposeImage")]
[OutputType(typeof(ComposeImage))]
public sealed class GetComposeImageCommand : ContainerReadCommand
{
    /// <summary>The services to read from; wildcards are allowed; without it, all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Service { get; set; }

    /// <summary>The images to return, by name; wildcards are allowed; without it, all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Image { get; set; }

    /// <summary>Asks the registries whether they have another image under the same name.</summary>
    [Parameter]
    public SwitchParameter CheckUpdate { get; set; }

    /// <summary>Logins by registry, before those docker knows: @{ 'registry.example' = $credential }.</summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins =>
        RegistryLoginsAttribute.Read(RegistryCredential);

    private protected override async Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        var all = await session.Images.ListAsync(choice, CheckUpdate, sink, cancellationToken).ConfigureAwait(false);
        var filter = new NameFilter(Image, missing =>
            StateErrors.ImageNotInUse.Info($"Project '{choice.ProjectName}' has no image '{missing}'.", missing));
        foreach (var image in filter.Keep(
            all, one => [one.Image, one.Repository ?? ""], error => sink.Emit(new ErrorEvent(error))))
            sink.Emit(new ResultEvent(image));
    }
}
