using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Seals;

/// <summary>Takes sequenced facts to the durable line of the board.</summary>
internal sealed class SealsFollower(CourtLog log, StationDatabase database, CourtIdentity court, SealBoard board)
    : Follower("seals", log, database)
{
    private readonly Queue<FactSeen> _told = [];

    protected override void Apply(SequencedFact fact, SqliteTransaction transaction)
    {
        var (seal, incidents, seen) = board.TakeSequenced(fact);
        _told.Enqueue(seen);
        if (seal is not null)
        {
            SealsStore.Write(seal, transaction);
        }

        foreach (var incident in incidents)
        {
            SealsStore.Write(incident, transaction);
        }

        if (seen.Statement.Subject != court.Origin)
        {
            SealsStore.Write(seen, transaction);
        }
    }

    protected override ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken)
    {
        while (_told.TryDequeue(out var seen))
        {
            board.TellSequenced(seen);
        }

        return ValueTask.CompletedTask;
    }
}
