using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Media;

/// <summary>Keeps what seals have signed about pictures and video, and holds what arrived against it.</summary>
internal sealed class MediaFollower(CourtLog log, StationDatabase database, MediaIntake intake, LiveHub hub)
    : Follower("media", log, database)
{
    private const string DevicePrefix = "device:";

    protected override void Apply(SequencedFact fact, SqliteTransaction transaction)
    {
        var statement = fact.Statement;
        if (GopManifestBody.TryRead(statement) is { } manifest)
        {
            RecordingsStore.AddManifest(manifest, statement.Hash, transaction);
        }
        else if (statement.Kind == "media.still" && statement.Data is not null && statement.Issuer.StartsWith(DevicePrefix, StringComparison.Ordinal))
        {
            PicturesStore.AddStatement(statement.Issuer[DevicePrefix.Length..], statement, transaction);
        }
    }

    protected override ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken)
    {
        if (GopManifestBody.TryRead(fact.Statement) is { } manifest)
        {
            hub.Vouch(fact.Statement.Subject, manifest);
            intake.StateMismatches(manifest.Recording);
        }

        return ValueTask.CompletedTask;
    }
}
