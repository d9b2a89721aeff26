using Compose.Module.Common.Host;

namespace System.Threading.Tasks;

/// <summary>A completion source without a result; .NET Framework has only the one with a result.</summary>
internal sealed class TaskCompletionSource(TaskCreationOptions options) : TaskCompletionSource<bool>(options)
{
    public TaskCompletionSource() : this(TaskCreationOptions.None)
    {
    }

    public new Task Task => base.Task;

    public void SetResult() => SetResult(true);

    public bool TrySetResult() => TrySetResult(true);
}
