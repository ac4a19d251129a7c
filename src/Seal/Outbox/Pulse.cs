namespace Cinnabar.Seal.Outbox;

/// <summary>Wakes one waiter; pulses while nobody waits count as one. Any thread may pulse.</summary>
internal sealed class Pulse : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);
    private readonly Lock _gate = new();
    private bool _disposed;

    public void Set()
    {
        lock (_gate)
        {
            if (!_disposed && _semaphore.CurrentCount == 0)
            {
                _semaphore.Release();
            }
        }
    }

    /// <summary>Returns at the next pulse, or after the time.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _semaphore.WaitAsync(timeout, cancellationToken);

    /// <summary>A pulse that comes later changes nothing: the journal goes on settling while the lanes are taken down.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _semaphore.Dispose();
        }
    }
}
