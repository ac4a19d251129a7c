namespace Cinnabar.Station.Courts;

/// <summary>Tells pages when a court looks different; one that falls silent does so without any event.</summary>
internal sealed class CourtsWatch(CourtsViews views, CourtsBoard board, ChainChanges changes) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        board.Changed += changes.Tell;
        try
        {
            using var timer = new PeriodicTimer(s_every, board.Time);
            IReadOnlyList<CourtState> told = [];
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = views.States;
                if (!now.SequenceEqual(told))
                {
                    told = now;
                    changes.Tell();
                }
            }
        }
        finally
        {
            board.Changed -= changes.Tell;
        }
    }
}
