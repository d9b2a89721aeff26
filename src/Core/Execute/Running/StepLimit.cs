namespace Compose.Execute.Running;

/// <summary>
/// Limits how many steps run at once. Waiting steps run in plan order, not in the order they arrived: a start that is ready goes
/// before further creations, because engines are slower if all creations come first.
/// </summary>
/// <param name="count">How many steps may run at once; at least one.</param>
internal sealed class StepLimit(int count)
{
    private readonly SortedDictionary<int, TaskCompletionSource<bool>> _waiting = [];
    private int _free = Math.Max(1, count);

    /// <summary>Waits for a place; false if the wait was cancelled.</summary>
    /// <param name="step">The step's number in the plan.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> EnterAsync(int step, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> place;
        lock (_waiting)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            _waiting[step] = place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using var cancelled = cancellationToken.Register(() => GiveUp(step));
        return await place.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a finished step's place to the next waiting step.</summary>
    public void Leave()
    {
        TaskCompletionSource<bool> next;
        lock (_waiting)
        {
            if (_waiting.Count == 0)
            {
                _free++;
                return;
            }

            var first = _waiting.First();
            _waiting.Remove(first.Key);
            next = first.Value;
        }

        next.SetResult(true);
    }

    private void GiveUp(int step)
    {
        TaskCompletionSource<bool>? place;
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(step, out place))
                return;
            _waiting.Remove(step);
        }

        place.SetResult(false);
    }
}
