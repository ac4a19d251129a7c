using System.Threading.Channels;
using Cinnabar.Station.Console;

namespace Cinnabar.Station.Alarms;

/// <summary>Tells browsers how an incident stands after each change; many changes in a row are one event.</summary>
internal sealed class IncidentEvents : BackgroundService
{
    private readonly Channel<string> _changed = System.Threading.Channels.Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IncidentViews _views;
    private readonly LiveFeed _live;

    public IncidentEvents(IncidentChanges changes, IncidentViews views, LiveFeed live)
    {
        _views = views;
        _live = live;
        changes.Changed += incident => _changed.Writer.TryWrite(incident);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var incidents = new HashSet<string>(StringComparer.Ordinal);
        while (await _changed.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_changed.Reader.TryRead(out var incident))
            {
                incidents.Add(incident);
            }

            foreach (var incident in incidents)
            {
                _live.Publish("incident", () => _views.Card(incident), staffOnly: true);
            }

            incidents.Clear();
        }
    }
}
