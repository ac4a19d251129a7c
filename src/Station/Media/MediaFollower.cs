using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Media;

/// <summary>Holds what arrived against what seals have signed about it.</summary>
internal sealed class MediaFollower(CourtLog log, StationDatabase database, RecordingsStore recordings, LiveHub hub, FactWriter writer)
    : Follower("media", log, database)
{
    protected override void Apply(SequencedFact fact, SqliteTransaction transaction)
    {
        var statement = fact.Statement;
        if (KeyOf(statement) is { } key && Read(statement.Body) is { } manifest)
        {
            RecordingsStore.AddManifest(key, statement.Hash, manifest.Init, manifest.First, manifest.Fragments, transaction);
        }
    }

    protected override ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken)
    {
        if (KeyOf(fact.Statement) is not { } key)
        {
            return ValueTask.CompletedTask;
        }

        var mismatches = recordings.Mismatches(fact.Statement.Hash);
        hub.Of(fact.Statement.Subject).State(mismatches.Count == 0 ? "signed" : "mismatch");
        foreach (var (number, expected, got) in mismatches)
        {
            writer.Station("media.mismatch", fact.Statement.Subject, CborValue.Map(
                ("stream", CborValue.Text(key.ToString())), ("fragment", CborValue.Integer(number)),
                ("hash", CborValue.Bytes(Convert.FromHexString(expected))), ("got", CborValue.Bytes(Convert.FromHexString(got)))));
        }

        return ValueTask.CompletedTask;
    }

    private static RecordingKey? KeyOf(Statement statement) =>
        statement.Kind == "media.manifest" && statement.Chain is { } chain && statement.Body.IntegerOrNull("stream") is { } stream
            ? new RecordingKey(statement.Issuer["device:".Length..], Convert.ToHexStringLower(chain.Boot.Span), stream)
            : null;

    private static GopManifestBody? Read(CborValue body)
    {
        try
        {
            return new GopManifestBody(
                body["init"].AsDigest(), body["first"].AsInteger(), [.. body["fragments"].AsArray().Select(f => f.AsDigest())]);
        }
        catch (FormatException)
        {
            // Signed nonsense of a device stays in the log as what it is; nothing is vouched for by it.
            return null;
        }
    }
}

/// <summary>What a manifest vouches for; docs/formats/kinds.md.</summary>
internal sealed record GopManifestBody(Evidence.Digest Init, long First, IReadOnlyList<Evidence.Digest> Fragments);
