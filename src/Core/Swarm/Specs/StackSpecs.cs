using Compose.Model;

namespace Compose.Swarm.Specs;

/// <summary>Makes the specs of a stack from a project. Pure: contents are read before.</summary>
internal static class StackSpecs
{
    public static StackSpec Make(ComposeProject project, StackRequest request) => throw new NotImplementedException();
}
