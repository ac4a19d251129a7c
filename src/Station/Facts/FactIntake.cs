using Cinnabar.Ledger;

namespace Cinnabar.Station.Facts;

/// <summary>The one write path: every fact of the station goes through here, to the received feed and into the log.</summary>
internal sealed class FactIntake(CourtLog log, ReceivedFeed received, KeyRegister keys)
{
    /// <summary>Publishes a verified fact at once and sequences it.</summary>
    /// <returns>Durable when <see cref="AppendResult.IsSequenced"/>; only then may the sender be acknowledged.</returns>
    public async Task<AppendResult> SubmitAsync(Fact fact, CancellationToken cancellationToken)
    {
        // Started before the feed is told, so that the log's fsync and the warnings run side by side.
        var sequencing = log.AppendVerifiedAsync(fact.Verified, cancellationToken);

        // Behind its place in the queue, so that whatever the key signs comes after it in the log; and before anything follows it: a
        // device enrolled by this fact may send its first statement at once.
        if (KeyRegister.IsAboutKeys(fact.Statement))
        {
            keys.Apply(fact.Statement);
        }

        await PublishAsync(fact, cancellationToken);
        return await sequencing;
    }

    /// <summary>Publishes a verified fact whose place in the log has to wait for another's.</summary>
    public ValueTask PublishAsync(Fact fact, CancellationToken cancellationToken) =>
        received.PublishAsync(new FactReceived(fact), cancellationToken);
}
