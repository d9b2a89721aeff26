namespace Compose.Execute.Running;

/// <summary>
/// Lets so many steps run at once. Of those that wait for a place the first of the plan goes first, whoever came first: a start
/// that is ready goes before further creations, since an engine takes longer for all of one kind and then all of the other.
/// </summary>
/// <param name="count">How many steps run at once; at least one does.</param>
internal sealed class StepPlaces(int count)
{
    private readonly SortedDictionary<int, TaskCompletionSource<bool>> _waiting = [];
    private int _free = Math.Max(1, count);

    /// <summary>True once the step has a place, false where the wait for one was cancelled.</summary>
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

    /// <summary>Hands the place of a step that is over to the next.</summary>
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
