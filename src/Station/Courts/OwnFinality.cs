using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Courts;

/// <summary>Makes this court's own entries final: one head after the other is shown to all courts until q vouch for it.</summary>
/// <remarks>Source: docs/design/ledger.md, "Rounds". Links bring the answers; receipts, packs and anchors wait at <see cref="FinalHeads"/>.</remarks>
internal sealed class OwnFinality(
    CourtLog log, CourtSeat seat, FinalHeads final, ICourtMemory memory, CourtsBoard board, CourtRefusals refusals, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_keepEvery = TimeSpan.FromSeconds(1);

    private readonly FinalityRound _round = new(seat);
    private TaskCompletionSource _targetChanged = New();
    private TaskCompletionSource _next = New();
    private DateTimeOffset _keptAt;

    /// <summary>The note of the head that is shown now, with the cosignatures so far; empty before the first.</summary>
    public ReadOnlyMemory<byte> Note => _round.Note;

    /// <summary>Waits for a head that is larger than this and to be shown.</summary>
    public async ValueTask<LogHead> WaitForTargetAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _targetChanged).Task;
            if (_round.Target is { } target && target.Size > after)
            {
                return target;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes a court's cosignature of a head.</summary>
    /// <returns>False when it is not genuine.</returns>
    public bool Add(CourtMember from, long size, IReadOnlyList<NoteSignature> lines)
    {
        if (_round.Add(size, lines, out var voices) is { } head)
        {
            Publish(head);
        }

        if (voices is null)
        {
            refusals.Refused(from, "cosignature", nameof(CheckpointVerdict.SignatureInvalid));
        }

        foreach (var voice in voices ?? [])
        {
            board.TakeVoice(log.Origin, voice.Court.Code, size, voice.TimeSeconds);
        }

        return voices is not null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TakeKept();
        if (memory.ReadSeal(log.Origin, seat.Epoch.Number) is not null)
        {
            // This court promised to vouch for no more of its own log either ("court seal"): entries wait for the next epoch.
            return;
        }

        try
        {
            while (true)
            {
                var head = await log.WaitForSizeAsync((_round.Target?.Size ?? 0) + 1, stoppingToken);
                var next = New();
                Volatile.Write(ref _next, next);
                var alone = _round.Begin(head, time.GetUtcNow());
                Interlocked.Exchange(ref _targetChanged, New()).TrySetResult();
                if (alone is not null)
                {
                    Publish(alone);
                }

                await next.Task.WaitAsync(stoppingToken);
            }
        }
        catch (LogStoppedException)
        {
            // The last head was shown; its round goes on with the answers that come. The log's own health says why it stopped.
        }
    }

    private void Publish(FinalHead head)
    {
        final.Publish(head);
        board.Take(head.Vouched!);
        Volatile.Read(ref _next).TrySetResult();

        // Not for every round: what is lost is collected again, since mirrors give the same cosignature twice.
        var now = time.GetUtcNow();
        if (now - _keptAt >= s_keepEvery)
        {
            _keptAt = now;
            board.Keep(() => memory.SaveFinal(log.Origin, head.Note));
        }
    }

    /// <summary>What was final before the restart still is, and need not wait for anybody.</summary>
    private void TakeKept()
    {
        if (memory.ReadFinal(log.Origin) is { } note
            && seat.Courts.Verify(note, log.Origin, out var vouched) == CheckpointVerdict.Valid && vouched!.IsFinal
            && vouched.Checkpoint.Size <= log.Head.Size && log.RootAt(vouched.Checkpoint.Size) == vouched.Checkpoint.Root)
        {
            final.Publish(new FinalHead(vouched.Checkpoint.Size, vouched.Checkpoint.Root, note, vouched));
            board.Take(vouched);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
