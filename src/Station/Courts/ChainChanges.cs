namespace Cinnabar.Station.Courts;

/// <summary>Says that something which the chain page shows is another now: heads, voices, blocks, an engine. Safe for concurrent use.</summary>
internal sealed class ChainChanges
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change. Take it before reading, wait for it after.</summary>
    public Task Next => Volatile.Read(ref _changed).Task;

    /// <summary>Tells whoever waits; as often as one likes.</summary>
    public void Tell() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
