using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Journal;

namespace Cinnabar.Seal.Reflex;

/// <summary>Signs what custody found, on a thread of its own, and reports each trigger once its consequences are known.</summary>
internal sealed class FactSigner(
    BlockingCollection<(Fact Fact, Episode? Episode)> facts, StatementChainWriter chain, DeviceJournal journal, SealLog log, TimeProvider time)
{
    /// <summary>After this the report of a trigger goes out with what is known; the rest is −1.</summary>
    private static readonly TimeSpan s_reportAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, Episode> _unsent = [];
    private readonly Dictionary<string, Digest> _statedAs = [];
    private long _sentThrough;

    /// <summary>The statement lane gave a statement to the socket.</summary>
    public void OnSent(long sequence)
    {
        Volatile.Write(ref _sentThrough, Math.Max(sequence, Volatile.Read(ref _sentThrough)));
        if (_unsent.TryRemove(sequence, out var episode))
        {
            episode.Mark(EpisodeMark.Sent, Now());
            log.Say($"sent sequence={sequence} trigger={episode.Kind} sent_ns={Now().Ticks * TimeSpan.NanosecondsPerTick}");
        }
    }

    /// <summary>Signs until the facts end.</summary>
    public void Run()
    {
        foreach (var (fact, episode) in facts.GetConsumingEnumerable())
        {
            var urgent = fact.IsAlarm;
            var statement = chain.State(fact.Kind, FactBody.Of(fact, _statedAs), urgent, at: fact.At.Edge);
            _statedAs[fact.Kind] = statement.Hash;
            log.Say($"fact kind={fact.Kind} sequence={statement.Chain!.Sequence} hash={statement.Hash}");
            if (episode is null)
            {
                continue;
            }

            episode.Mark(EpisodeMark.Signed, Now());
            episode.SetSigned(statement);
            _unsent[statement.Chain.Sequence] = episode;
            if (Volatile.Read(ref _sentThrough) >= statement.Chain.Sequence)
            {
                // The uplink was faster than this thread.
                OnSent(statement.Chain.Sequence);
            }

            _ = ReportAsync(episode, statement.Chain.Sequence);
        }
    }

    private async Task ReportAsync(Episode episode, long sequence)
    {
        await Task.Run(() =>
        {
            if (journal.WaitDurable(sequence, s_reportAfter))
            {
                episode.Mark(EpisodeMark.Journaled, Now());
            }
        });
        await Task.WhenAny(episode.Complete, Task.Delay(s_reportAfter, time));
        log.Say(episode.ToString());
    }

    private TimeSpan Now() => time.GetElapsedTime(0);
}
