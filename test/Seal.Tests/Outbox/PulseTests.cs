using Cinnabar.Seal.Outbox;

namespace Cinnabar.Seal.Tests.Outbox;

public sealed class PulseTests
{
    [Fact]
    public async Task PulsesWhileNobodyWaits_CountAsOne()
    {
        using var pulse = new Pulse();
        pulse.Set();
        pulse.Set();
        await pulse.WaitAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        var next = pulse.WaitAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        pulse.Set();
        await next;
    }

    // The journal's thread once ended the whole program here, while it was being stopped.
    [Fact]
    public void PulseAfterTheEnd_ChangesNothing()
    {
        var pulse = new Pulse();
        pulse.Dispose();
        pulse.Set();
    }
}
