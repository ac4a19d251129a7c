using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Courts;

/// <summary>A court in no epoch: what its log has signed is as final as it gets, and its people are told that nobody vouches.</summary>
internal sealed class StandsAlone(CourtLog log, FinalHeads final) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var size = 0L; ;)
            {
                var head = await log.WaitForSizeAsync(size + 1, stoppingToken);
                final.Publish(new FinalHead(head.Size, head.Root, head.Checkpoint, Vouched: null));
                size = head.Size;
            }
        }
        catch (LogStoppedException)
        {
            // Nothing will be signed any more; the log's own health says why.
        }
    }
}
