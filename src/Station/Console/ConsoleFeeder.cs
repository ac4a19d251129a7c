using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>Turns what the boards and the log tell into events of the live feed.</summary>
internal sealed class ConsoleFeeder(
    LiveFeed live, SealBoard board, SealViews views, ProofStates proofs, CourtLog log, HealthBoard health, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_healthEvery = TimeSpan.FromSeconds(5);

    private readonly PendingStills _stills = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        board.SealChanged += TellSeal;
        board.FactTold += TellFact;
        try
        {
            await Task.WhenAll(FollowLogAsync(stoppingToken), FollowHealthAsync(stoppingToken));
        }
        finally
        {
            board.SealChanged -= TellSeal;
            board.FactTold -= TellFact;
        }
    }

    private void TellSeal(string seal) => live.Publish("seal", () => views.Card(seal), seal);

    private void TellFact(FactSeen seen)
    {
        var statement = seen.Statement;
        live.Publish("fact", () => FactEvent.Of(seen, proofs), statement.Subject);
        if (seen.Index is not null)
        {
            return;
        }

        if (statement.Kind == "command.answered" && statement.Body.TryGet("command", out var hash) && hash.Kind == CborKind.Bytes)
        {
            live.Publish(
                "command", () => new CommandEvent(
                    Convert.ToHexStringLower(hash.AsBytes().Span), statement.Subject, statement.Body.TextOrNull("result"), statement.Body.TextOrNull("reason")),
                statement.Subject, staffOnly: true);
        }

        TellStills(statement);
    }

    private void TellStills(Statement statement)
    {
        if (statement.Kind is not ("media.still" or "media.received" or "incident.opened" or "incident.raised"))
        {
            return;
        }

        var incident = board.Look(statement.Subject)?.Incident;
        foreach (var still in _stills.Take(statement, incident is not null))
        {
            live.Publish(
                "still", () => new StillEvent(incident!.Id, still.Hash.ToString(), still.OffsetMs, still.Thumbnail),
                statement.Subject, staffOnly: true);
        }
    }

    private async Task FollowLogAsync(CancellationToken stoppingToken)
    {
        long told = 0;
        while (true)
        {
            try
            {
                var head = await log.WaitForSizeAsync(told + 1, stoppingToken);
                told = head.Size;
                live.Publish("log", () => new LogHead(head.Size, head.Root.ToString()), staffOnly: true, lasting: true);
                await Task.Delay(s_pace, time, stoppingToken);
            }
            catch (LogStoppedException)
            {
                // The board of health tells why; nothing more will come.
                return;
            }
        }
    }

    private async Task FollowHealthAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_healthEvery, time);
        HealthEvent? told = null;
        do
        {
            var now = HealthEvent.Of(health);
            if (now != told)
            {
                told = now;
                live.Publish("health", () => now, staffOnly: true, lasting: true);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
