using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Gateway;

/// <summary>One device's chain and clock as this station has seen them, over all its sessions. Safe for concurrent use.</summary>
/// <param name="head">The head that is durable.</param>
/// <param name="isLogged">True when the log holds the statement with this hash.</param>
/// <param name="isOldBoot">True when the device's statements in the log come from this boot (hexadecimal), not only lately.</param>
internal sealed class ChainGuard(ChainHead head, Func<Digest, bool> isLogged, Func<string, bool> isOldBoot)
{
    // Honest seals keep at most UplinkLimits.UnacknowledgedMax on the way; beyond this a statement sent again looks forked.
    private const int PendingMax = 4096;

    private readonly Lock _judging = new();
    private readonly HashSet<Digest> _pending = [];
    private ChainHead _head = head;
    private long _lastTimeMs;
    private long _clockOffsetMs;

    /// <summary>Judges a statement and, when its number is a new one, makes it the head.</summary>
    /// <param name="before">The head it was held against.</param>
    public ChainFinding Judge(Statement statement, out ChainHead before)
    {
        var chain = statement.Chain!;
        var boot = Convert.ToHexStringLower(chain.Boot.Span);
        lock (_judging)
        {
            before = _head;
            if (statement.Hash == before.Hash || _pending.Contains(statement.Hash))
            {
                return ChainFinding.Again;
            }

            if (chain.Sequence <= before.Sequence)
            {
                return isLogged(statement.Hash) ? ChainFinding.Again : ChainFinding.Fork;
            }

            if (_pending.Count < PendingMax)
            {
                _pending.Add(statement.Hash);
            }

            _head = new ChainHead(chain.Sequence, statement.Hash, boot);
            return boot != before.Boot && isOldBoot(boot) ? ChainFinding.Fork
                : chain.Sequence > before.Sequence + 1 ? ChainFinding.Gap
                : chain.Previous == before.Hash ? ChainFinding.Next
                : ChainFinding.Fork;
        }
    }

    /// <summary>The statement is in the log, which knows it from now on.</summary>
    public void Settle(Digest statement)
    {
        lock (_judging)
        {
            _pending.Remove(statement);
        }
    }

    /// <summary>Notes the time in a new statement.</summary>
    /// <returns>The time of the one before, when the clock went back by more than <paramref name="jump"/>; else null.</returns>
    public long? ClockWentBack(long timeMs, TimeSpan jump)
    {
        lock (_judging)
        {
            var before = _lastTimeMs;
            _lastTimeMs = timeMs;
            return before - timeMs > (long)jump.TotalMilliseconds ? before : null;
        }
    }

    /// <summary>Notes how far the seal's clock is ahead of ours; at first it is taken to be right.</summary>
    /// <returns>The offset known before, when it has changed by more than <paramref name="jump"/>; else null.</returns>
    public long? OffsetChanged(long offsetMs, TimeSpan jump)
    {
        lock (_judging)
        {
            var before = _clockOffsetMs;
            if (Math.Abs(offsetMs - before) <= (long)jump.TotalMilliseconds)
            {
                return null;
            }

            _clockOffsetMs = offsetMs;
            return before;
        }
    }
}
