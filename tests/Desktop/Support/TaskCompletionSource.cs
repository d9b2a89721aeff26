using Compose.Module.Common.Host;

namespace System.Threading.Tasks;

/// <summary>What .NET Framework has with a result only.</summary>
internal sealed class TaskCompletionSource(TaskCreationOptions options) : TaskCompletionSource<bool>(options)
{
    public TaskCompletionSource() : this(TaskCreationOptions.None)
    {
    }

    public new Task Task => base.Task;

    public void SetResult() => SetResult(true);

    public bool TrySetResult() => TrySetResult(true);
}
