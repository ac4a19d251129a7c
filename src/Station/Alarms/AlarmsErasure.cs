using System.Threading.Channels;
using Cinnabar.Station.Seals;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Alarms;

/// <summary>Erases the people of an order from the outbox once the court has stated that its private record is gone.</summary>
/// <remarks>What was stated while nobody listened is seen at the start, or when the board takes it from the log.</remarks>
internal sealed partial class AlarmsErasure : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly Channel<string> _erased = System.Threading.Channels.Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AlarmsStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<AlarmsErasure> _log;

    public AlarmsErasure(SealBoard board, AlarmsStore store, TimeProvider time, ILogger<AlarmsErasure> log)
    {
        (_store, _time, _log) = (store, time, log);
        board.FactTold += seen =>
        {
            if (seen.Statement.Kind == "order.erased")
            {
                _erased.Writer.TryWrite(seen.Statement.Subject);
            }
        };
        foreach (var seal in board.Seals.Where(s => s.Erased))
        {
            _erased.Writer.TryWrite(seal.SealNumber);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seals = new HashSet<string>(StringComparer.Ordinal);
        while (await _erased.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_erased.Reader.TryRead(out var seal))
            {
                seals.Add(seal);
            }

            while (Left(seals) is { Count: > 0 } left)
            {
                seals.IntersectWith(left);
                await Task.Delay(s_pause, _time, stoppingToken);
            }

            seals.Clear();
        }
    }

    private IReadOnlyCollection<string> Left(HashSet<string> seals)
    {
        try
        {
            return _store.Erase(seals);
        }
        catch (SqliteException e)
        {
            LogNotErased(e);
            return seals;
        }
    }

    [LoggerMessage(3005, LogLevel.Error, "People of an erased order still stand in the outbox; tried again in ten seconds.")]
    private partial void LogNotErased(Exception e);
}
