using System.Threading.Channels;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Seals;

/// <summary>Takes received facts and signs of life to the live line of the board.</summary>
internal sealed class SealsSignals(ReceivedFeed feed, SealBoard board) : BackgroundService
{
    // Here and not in ExecuteAsync: a follower that comes late misses signals.
    private readonly ChannelReader<Signal> _signals = feed.Follow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var signal in _signals.ReadAllAsync(stoppingToken))
        {
            switch (signal)
            {
                case FactReceived received:
                    board.Take(received.Fact.Statement, received.At);
                    break;
                case HeartbeatReceived beat:
                    board.TakeHeartbeat(beat);
                    break;
                case LinkChanged link:
                    board.TakeLink(link);
                    break;
            }
        }
    }
}
