using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Gateway;

/// <summary>Keeps the heads of the chains, and takes every command of the court to the seal it is for.</summary>
internal sealed class GatewayFollower(CourtLog log, StationDatabase database, SessionRegister sessions)
    : Follower("gateway", log, database)
{
    protected override void Apply(SequencedFact fact, SqliteTransaction transaction)
    {
        var statement = fact.Statement;
        if (statement.Chain is { } chain && statement.Issuer.StartsWith("device:", StringComparison.Ordinal))
        {
            DevicesStore.Advance(statement.Issuer["device:".Length..], chain.Sequence, statement.Hash, transaction);
        }

        if (statement.Kind == "command.answered")
        {
            DevicesStore.Answered(statement.Body["command"].AsDigest(), transaction);
        }

        if (DeviceCommanded(statement) is { } device)
        {
            DevicesStore.AddCommand(statement.Hash, device, statement.Bytes.ToArray(), statement.Body.IntegerOrNull("not_after") ?? long.MaxValue, transaction);
        }
    }

    protected override async ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken)
    {
        if (DeviceCommanded(fact.Statement) is not { } device || sessions.Find(device) is not { } session)
        {
            return;
        }

        try
        {
            await session.SendCommandAsync(fact.Statement.Bytes.ToArray(), cancellationToken);
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or ObjectDisposedException or IOException)
        {
            // The lane just broke; the command waits in its table for the next welcome.
        }
    }

    private static string? DeviceCommanded(Statement statement) =>
        statement.Issuer.StartsWith("court:", StringComparison.Ordinal)
        && (statement.Kind.StartsWith("command.", StringComparison.Ordinal) || statement.Kind is "grant.opening" or "settings")
            ? statement.Body.TextOrNull("device")
            : null;
}
