using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>Tells pages that heads, courts or anchors changed, at most twice a second.</summary>
internal sealed class ChainFeeder(LiveFeed live, ChainChanges changes, FinalHeads final, ProofStates proofs, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowHeadsAsync(stoppingToken), TellAsync(stoppingToken));

    private async Task FollowHeadsAsync(CancellationToken stoppingToken)
    {
        for (var size = 0L; ;)
        {
            size = (await final.WaitForSizeAsync(size + 1, stoppingToken)).Size;
            changes.Tell();
        }
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            // Taken first: what changes while it is told is told the next time.
            var next = changes.Next;
            live.Publish("chain", () => ChainEvent.Of(proofs), lasting: true);
            await Task.Delay(s_pace, time, stoppingToken);
            await next.WaitAsync(stoppingToken);
        }
    }
}
