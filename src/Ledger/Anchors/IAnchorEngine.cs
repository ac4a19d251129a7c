namespace Cinnabar.Ledger.Anchors;

/// <summary>Something that puts the anchors of many courts into one order: a database, a Raft cluster, a chain.</summary>
/// <remarks>
/// <para><b>Trust.</b> None. No receipt waits for an engine, and everything it says is checked by the court's own book before it counts.</para>
/// <para><b>Writers.</b> Each log has one court that anchors it. Any number of courts append side by side; an engine shows all of them
/// the same places in the same order.</para>
/// <para><b>Threading.</b> All methods may be called at the same time from any thread.</para>
/// <para><b>Errors.</b> <see cref="AnchorEngineException"/> for everything the engine or the way to it does;
/// <see cref="OperationCanceledException"/> when the caller gave up.</para>
/// </remarks>
public interface IAnchorEngine : IAsyncDisposable
{
    /// <summary>For people: <c>sqlite</c>, <c>etcd</c>, <c>evm</c>.</summary>
    string Name { get; }

    /// <summary>Puts an anchor into the engine's order; returns when the engine calls it durable.</summary>
    /// <remarks>
    /// The same anchor again is no second one and returns the same way. Sizes of one log only grow: the engine itself compares, in the
    /// step that writes, so that a request which was believed lost cannot land behind a newer one.
    /// </remarks>
    /// <exception cref="AnchorEngineException">
    /// <see cref="AnchorFailure.Stale"/> for a size that is not above the log's last, unless it is the same anchor; otherwise see
    /// <see cref="AnchorFailure"/>. After <see cref="AnchorFailure.Unreachable"/> it may be there or not: append it again.
    /// </exception>
    Task AppendAsync(Anchor anchor, CancellationToken cancellationToken);

    /// <summary>Every place after a position in order, then each new one as it comes, for ever.</summary>
    /// <param name="from">0 for all; otherwise the position of a place that was shown before.</param>
    /// <remarks>
    /// One at a time: whoever asks for the next place has made the ones before it durable. An engine may then forget them, once every
    /// court has asked for more. A break that the engine cannot mend by itself is thrown; follow again from the last position.
    /// </remarks>
    /// <exception cref="AnchorEngineException">See <see cref="AnchorFailure"/>.</exception>
    IAsyncEnumerable<AnchorPlace> FollowAsync(long from, CancellationToken cancellationToken);

    /// <summary>Which engine answers, and how far it is.</summary>
    /// <exception cref="AnchorEngineException">See <see cref="AnchorFailure"/>.</exception>
    Task<EngineIdentity> IdentityAsync(CancellationToken cancellationToken);
}
