using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Alarms;

/// <summary>Plays one alarm before the station is ready, up to a commit that is rolled back, and warns nobody.</summary>
/// <remarks>
/// The first alarm after a start would otherwise wait for the compiling of everything it runs through: a third of a second,
/// in which all that come with it wait too.
/// </remarks>
internal sealed class AlarmsRehearsal(
    AlarmsStore store, AlarmsOptions options, FactWriter writer, KeyRegister keys, Uri publicUrl, TimeProvider time) : IHostedService
{
    private const string Seal = "rehearsal";

    private static readonly Contact[] s_contacts =
    [
        new("officer", "officer", "sms", "-", WarningAudience.Officer, WarningLanguage.Chinese, 1),
        new("applicant", "applicant", "email", "-", WarningAudience.Applicant, WarningLanguage.English, 1),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var statement = writer.Sign(null, "counter.gap", Seal, CborValue.Map(("device", CborValue.Text(Seal))));
        if (keys.TryVerify(statement, out var verified, out _) == StatementVerdict.Valid)
        {
            Play(new Fact(verified!, time.GetUtcNow()));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Play(Fact alarm)
    {
        var nowMs = alarm.ReceivedAt.ToUnixTimeMilliseconds();
        var plan = new WarningPlan(options, _ => new SealContacts(Seal, Seal, s_contacts), () => null, publicUrl);
        var turn = new AlarmsTurn(new AlarmsBook(), _ => false, plan, options, nowMs);
        turn.Take(new FactInput(alarm));
        var results = turn.Warnings.Select(w => new WarningResult(w, WarningState.HandedOff, DeliveryResult.HandedOff(DeliveryReason.Accepted), 1, nowMs));
        try
        {
            store.Seen([alarm.Statement.Hash.ToString()]);
            store.Rehearse(new DecidedTurn(turn, [.. results], []), new ClockMark(Seal, nowMs, 0));
        }
        catch (SqliteException)
        {
            // A disk that takes nothing is told by who has something to write.
        }
    }
}
