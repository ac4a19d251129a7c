using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>Moves anchors between one court's book and one engine: appends what is owed, follows, and keeps asking who answers.</summary>
/// <remarks>
/// Whatever the engine does, <see cref="RunAsync"/> goes on; only the book's own medium ends it. What it lives through shows in
/// <see cref="AnchorBook.State"/> and <see cref="AnchorBook.Alarms"/>. Run it once at a time.
/// </remarks>
public sealed class AnchorLink
{
    private readonly AnchorBook _book;
    private readonly IAnchorEngine _engine;
    private readonly AnchorLinkOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Ties a book to an engine; both stay the caller's.</summary>
    public AnchorLink(AnchorBook book, IAnchorEngine engine, AnchorLinkOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _book = book;
        _engine = engine;
        _options = options;
        _time = time;
    }

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="Storage.LogStoreException">The book cannot be written: open it again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // One that fails takes the others with it: a book that cannot be written must not be sent from.
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] lanes = [LookAsync(together.Token), FollowAsync(together.Token), AppendAsync(together.Token)];
        var first = await Task.WhenAny(lanes).ConfigureAwait(false);
        await together.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(lanes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    /// <summary>Asks who answers and how far it is, now and every few seconds.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var pause = _options.PauseFirst;
        while (true)
        {
            var asked = _book.Session;
            var answered = await GuardAsync(asked, async token =>
            {
                var identity = await _engine.IdentityAsync(token).ConfigureAwait(false);
                _book.Trouble(null);
                if (_book.Meet(identity, asked) is { } session)
                {
                    _book.LookForMissing(session);
                }
            }, _options.AnswerLimit, cancellationToken).ConfigureAwait(false);
            pause = answered ? _options.PauseFirst : Longer(pause);
            await Task.Delay(answered ? _options.LookEvery : pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var pause = _options.PauseFirst;
        while (true)
        {
            var changed = _book.Changed;
            if (_book.Session is not { } session)
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var watch = CancelWhenOverAsync(session, turn);
            var took = await TurnAsync(session, turn.Token).ConfigureAwait(false);
            var over = turn.IsCancellationRequested;
            await turn.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            pause = took ? _options.PauseFirst : Longer(pause);
            if (!over)
            {
                await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Follows in one segment until the engine breaks off or the segment is over. True when it showed anything.</summary>
    private async Task<bool> TurnAsync(AnchorSession session, CancellationToken over)
    {
        var took = false;
        try
        {
            await GuardAsync(session, async token =>
            {
                await foreach (var place in _engine.FollowAsync(session.Position, token).ConfigureAwait(false))
                {
                    if (!_book.Take(session, place))
                    {
                        return;
                    }

                    took = true;
                }
            }, Timeout.InfiniteTimeSpan, over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The segment is over, or the link is.
        }

        return took;
    }

    private async Task AppendAsync(CancellationToken cancellationToken)
    {
        var pause = _options.PauseFirst;
        while (true)
        {
            var changed = _book.Changed;
            var (anchors, again) = _book.Due();
            var failed = false;
            foreach (var anchor in anchors)
            {
                failed |= !await SendAsync(anchor, cancellationToken).ConfigureAwait(false);
            }

            if (failed)
            {
                pause = Longer(pause);
                await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            }
            else if (anchors.Count == 0)
            {
                pause = _options.PauseFirst;
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(changed, Task.Delay(again ?? Timeout.InfiniteTimeSpan, _time, enough.Token)).ConfigureAwait(false);
                await enough.CancelAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<bool> SendAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        var session = _book.Session;
        return !_book.Tried(anchor) || await GuardAsync(session, async token =>
        {
            try
            {
                await _engine.AppendAsync(anchor, token).ConfigureAwait(false);
                _book.Acknowledged(anchor);
            }
            catch (AnchorEngineException refused) when (refused.Failure == AnchorFailure.Refused && _book.GiveUp(anchor))
            {
                // The chain goes on without the link; this court's book holds both segments.
            }
        }, _options.AnswerLimit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Turns what an engine does wrong into the book's state. False when it did.</summary>
    private async Task<bool> GuardAsync(AnchorSession? session, Func<CancellationToken, Task> work, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var limited = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limited.Token);
        try
        {
            await work(both.Token).ConfigureAwait(false);
            return true;
        }
        catch (AnchorEngineException exception) when (exception.Failure == AnchorFailure.Lied && session is { } of)
        {
            _book.Lied(of, exception);
        }
        catch (AnchorEngineException exception) when (exception.Failure == AnchorFailure.Stale)
        {
            // Following shows what stands there instead.
        }
        catch (AnchorEngineException exception)
        {
            _book.Trouble(Said(exception.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _book.Trouble(Said("no answer in time"));
        }

        return false;
    }

    /// <summary>Ends a turn of following when its segment is over: adopted anew, or set aside.</summary>
    private async Task CancelWhenOverAsync(AnchorSession session, CancellationTokenSource turn)
    {
        while (true)
        {
            var changed = _book.Changed;
            if (_book.Session?.Segment != session.Segment)
            {
                await turn.CancelAsync().ConfigureAwait(false);
                return;
            }

            await changed.WaitAsync(turn.Token).ConfigureAwait(false);
        }
    }

    private BilingualText Said(string what) => new($"锚定引擎（{_engine.Name}）：{what}", $"The anchor engine ({_engine.Name}): {what}");

    private TimeSpan Longer(TimeSpan pause) => pause * 2 < _options.PauseMax ? pause * 2 : _options.PauseMax;
}
