using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Gateway;

/// <summary>Keeps devices and the heads of their chains, and takes every command of the court to the seal it is for.</summary>
internal sealed class GatewayFollower(CourtLog log, StationDatabase database, SessionRegister sessions)
    : Follower("gateway", log, database)
{
    private const string DevicePrefix = "device:";

    protected override void Apply(SequencedFact fact, SqliteTransaction transaction)
    {
        var statement = fact.Statement;
        if (statement.Issuer.StartsWith(DevicePrefix, StringComparison.Ordinal))
        {
            ApplyDevice(statement, statement.Issuer[DevicePrefix.Length..], transaction);
        }
        else if (statement.Issuer.StartsWith("court:", StringComparison.Ordinal))
        {
            ApplyCourt(statement, transaction);
        }
        else if (statement.Kind is "chain.fork" or "duplicate.device" && statement.Issuer.StartsWith("station:", StringComparison.Ordinal))
        {
            DevicesStore.Contest(statement.Body["device"].AsText(), transaction);
        }
    }

    protected override ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken)
    {
        if (DeviceCommanded(fact.Statement) is { } device)
        {
            sessions.Find(device)?.CommandsChanged();
        }
        else if (fact.Statement.Kind == "device.revoked" && fact.Statement.Body.TextOrNull("device") is { } revoked)
        {
            sessions.Find(revoked)?.End();
        }

        return ValueTask.CompletedTask;
    }

    private static void ApplyDevice(Statement statement, string device, SqliteTransaction transaction)
    {
        if (statement.Chain is not null)
        {
            DevicesStore.Advance(device, statement, transaction);
        }

        // What the seal signs is still its own: a member of another type is no answer, and no reason to stop.
        var answered = statement.Kind switch { "command.answered" => "command", "settings.applied" => "settings", _ => null };
        if (answered is not null && statement.Body.TryGet(answered, out var hash) && hash is { Kind: Evidence.Cbor.CborKind.Bytes }
            && hash.AsBytes().Length == Evidence.Digest.LengthBytes)
        {
            DevicesStore.Answered(hash.AsDigest(), device, transaction);
        }
    }

    private static void ApplyCourt(Statement statement, SqliteTransaction transaction)
    {
        if (statement.Kind == "device.enrolled")
        {
            DevicesStore.Add(
                statement.Body["device"].AsText(), statement.Subject, CoseKey.FromCbor(statement.Body["key"]).Thumbprint, transaction);
        }
        else if (DeviceCommanded(statement) is { } device)
        {
            DevicesStore.AddCommand(device, statement, transaction);
        }
    }

    private static string? DeviceCommanded(Statement statement) =>
        statement.Issuer.StartsWith("court:", StringComparison.Ordinal)
        && (statement.Kind.StartsWith("command.", StringComparison.Ordinal) || statement.Kind is "grant.opening" or "settings")
            ? statement.Body.TextOrNull("device")
            : null;
}
