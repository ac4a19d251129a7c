using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Alarms;

/// <summary>Carries from the received feed into the engine's queue what can matter there.</summary>
internal sealed class AlarmsFeedReader : BackgroundService
{
    private readonly System.Threading.Channels.ChannelReader<Signal> _signals;
    private readonly AlarmsQueue _queue;

    // Follows from the moment it is made: nothing that is published while the station starts is missed.
    public AlarmsFeedReader(ReceivedFeed feed, AlarmsQueue queue)
    {
        _signals = feed.Follow();
        _queue = queue;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var signal in _signals.ReadAllAsync(stoppingToken))
        {
            switch (signal)
            {
                case FactReceived { Fact: var fact }:
                    await _queue.AddAsync(new FactInput(fact), stoppingToken);
                    if (fact.Statement.Issuer.StartsWith("device:", StringComparison.Ordinal))
                    {
                        await _queue.AddAsync(new BeatInput(fact.Statement.Subject, fact.Statement.Issuer["device:".Length..]), stoppingToken);
                    }

                    break;
                case HeartbeatReceived { SealNumber: { } seal } beat:
                    await _queue.AddAsync(new BeatInput(seal, beat.Device), stoppingToken);
                    break;
            }
        }
    }
}
