using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>What <see cref="AnchorLink"/> tells the book of its engine.</summary>
public sealed partial class AnchorBook
{
    /// <summary>The segment and position to follow from, or null while no engine is believed.</summary>
    internal AnchorSession? Session => Read(SessionNow);

    /// <summary>An engine has said who it is. Null when it is not, or no longer, believed.</summary>
    /// <param name="identity">Its answer.</param>
    /// <param name="asked">The session before it was asked: an answer that is behind what came meanwhile proves nothing.</param>
    internal AnchorSession? Meet(EngineIdentity identity, AnchorSession? asked)
    {
        lock (_gate)
        {
            _answered = identity;
            if (identity.Value.Length is < 1 or > 300)
            {
                Trouble(AnchorSentences.NoIdentity);
                return null;
            }

            if (_segment is null)
            {
                Begin(identity.Value);
            }
            else if (_segment.SetAsideBy is null && identity.Value != _segment.Identity)
            {
                Accuse(AnchorAlarmKind.IdentityChanged, null, AnchorSentences.IdentityChanged, ("answered", identity.Value));
                if (_options.AdoptWiped)
                {
                    Begin(identity.Value);
                }
            }
            else if (asked is { } before && before.Segment == _segment.Serial && identity.LastPosition < before.Position)
            {
                Accuse(AnchorAlarmKind.WentBack, null, AnchorSentences.WentBack(before.Position, identity.LastPosition), ("answered", $"{identity.LastPosition}"));
            }

            return SessionNow();
        }
    }

    /// <summary>Judges a place and writes it down. False when it, or everything from this engine, is not believed.</summary>
    internal bool Take(AnchorSession session, AnchorPlace place)
    {
        lock (_gate)
        {
            if (SessionNow()?.Segment != session.Segment || _segment is not { } segment)
            {
                return false;
            }

            _trouble = null;
            (string, string)[] seen = [("position", $"{place.Position}"), ("record", Convert.ToHexStringLower(place.Record.Span[..Math.Min(place.Record.Length, 1024)])), ("reference", Short(place.Reference))];

            // 1. The engine's own order only grows.
            if (place.Position <= segment.Position)
            {
                return Accuse(AnchorAlarmKind.OutOfOrder, null, AnchorSentences.OutOfOrder(segment.Position, place.Position), seen);
            }

            // 2. The record is an anchor.
            if (!Anchor.TryDecode(place.Record.Span, out var anchor))
            {
                var malformed = Once(AnchorAlarmKind.RecordMalformed, null, AnchorSentences.Malformed(Short(place.Reference)), seen);
                Commit(new AnchorBookChange { Segment = segment with { Position = place.Position }, Alarm = malformed });
                return true;
            }

            // 3. Sizes of a log grow; this court's log says what this court anchored; what was acknowledged is not left out.
            var last = _newest.GetValueOrDefault(anchor.Log);
            var known = _own.TryGetValue(anchor.Log, out var own) || _owed.ContainsKey((anchor.Log, anchor.Size));
            if (known && (last?.Size >= anchor.Size || !IsOurs(anchor, own)))
            {
                return Accuse(AnchorAlarmKind.OwnLogMisstated, anchor.Log, AnchorSentences.OwnLogMisstated(anchor.Size), seen);
            }

            if (LeftOut(anchor) is { } missing)
            {
                return Accuse(AnchorAlarmKind.OwnAnchorMissing, anchor.Log, AnchorSentences.OwnAnchorMissing(missing.Size), [.. seen, ("missing", Convert.ToHexStringLower(missing.Encode()))]);
            }

            if (last is null && _newest.Count >= _options.LogsMax)
            {
                return Accuse(AnchorAlarmKind.Flooded, anchor.Log, AnchorSentences.Flooded(_options.LogsMax), seen);
            }

            Write(segment, place, anchor, JudgeWriter(last, anchor, seen));
            return true;
        }
    }

    /// <summary>What may be handed to the engine now, smallest size first, and when to ask again; null for "when something changes".</summary>
    internal (IReadOnlyList<Anchor> Anchors, TimeSpan? Again) Due()
    {
        lock (_gate)
        {
            if (SessionNow() is null)
            {
                return ([], null);
            }

            var now = _time.GetUtcNow();
            var due = new List<Anchor>();
            TimeSpan? again = null;
            foreach (var log in _owed.Values.GroupBy(owed => owed.Anchor.Log))
            {
                // What was tried before a newer one was owed is not sent again: the newer one vouches for it.
                var newest = log.MaxBy(owed => owed.Anchor.Size)!;
                if (newest.Step == OwedStep.Acknowledged)
                {
                    continue;
                }

                var wait = log.Max(owed => owed.TriedAt) + _options.Spacing - now ?? TimeSpan.Zero;
                if (wait <= TimeSpan.Zero || wait > _options.Spacing)
                {
                    due.Add(newest.Anchor);
                }
                else
                {
                    again = again is null || wait < again ? wait : again;
                }
            }

            return (due, again);
        }
    }

    /// <summary>An anchor is being handed over: from here on it may appear. False when it is owed no more and must not be sent: a newer one took its place.</summary>
    internal bool Tried(Anchor anchor) => Step(anchor, OwedStep.Tried);

    /// <summary>The engine called an anchor durable: from here on it must appear.</summary>
    internal void Acknowledged(Anchor anchor) => Step(anchor, OwedStep.Acknowledged);

    /// <summary>
    /// The engine refused an anchor. A link to an old segment that an engine does not take, as a contract with a fixed list of logs, is
    /// given up once it took everything of this court's logs; anything else stays owed. True when it was given up.
    /// </summary>
    internal bool GiveUp(Anchor anchor)
    {
        lock (_gate)
        {
            var takesOurs = _own.Count > 0 && !_owed.Values.Any(owed => _own.ContainsKey(owed.Anchor.Log) && owed.Step != OwedStep.Acknowledged);
            if (_own.ContainsKey(anchor.Log) || !takesOurs)
            {
                return false;
            }

            Commit(new AnchorBookChange { Settled = [anchor] });
            return true;
        }
    }

    /// <summary>The engine could not be reached, or said no. Null: it answers again.</summary>
    internal void Trouble(BilingualText? reason)
    {
        lock (_gate)
        {
            if (_trouble is null && reason is not null)
            {
                _troubleSince = _time.GetUtcNow();
            }

            if (_trouble != reason)
            {
                _trouble = reason;
                Wake();
            }
        }
    }

    /// <summary>The engine's answer was such as no honest engine gives.</summary>
    internal void Lied(AnchorSession session, AnchorEngineException lie)
    {
        lock (_gate)
        {
            if (SessionNow()?.Segment == session.Segment)
            {
                Accuse(
                    AnchorAlarmKind.RecordTampered, null, AnchorSentences.Tampered(lie.Message),
                    ("said", lie.Message), ("answer", Convert.ToHexStringLower(lie.Evidence.Span[..Math.Min(lie.Evidence.Length, 4096)])));
            }
        }
    }

    /// <summary>Looks for acknowledged anchors that have not appeared although the engine answers.</summary>
    internal void LookForMissing(AnchorSession session)
    {
        lock (_gate)
        {
            if (SessionNow()?.Segment != session.Segment || _trouble is not null)
            {
                return;
            }

            var late = _owed.Values.FirstOrDefault(owed => owed.Step == OwedStep.Acknowledged && _time.GetUtcNow() - owed.TriedAt > _options.Patience);
            if (late is not null)
            {
                Accuse(
                    AnchorAlarmKind.OwnAnchorMissing, late.Anchor.Log, AnchorSentences.OwnAnchorMissing(late.Anchor.Size),
                    ("missing", Convert.ToHexStringLower(late.Anchor.Encode())));
            }
        }
    }

    private AnchorSession? SessionNow() => _segment is { SetAsideBy: null } segment ? new AnchorSession(segment.Serial, segment.Position) : null;

    private bool Step(Anchor anchor, OwedStep step)
    {
        lock (_gate)
        {
            // It may have appeared, or been owed to another engine, in the meantime.
            if (_owed.GetValueOrDefault((anchor.Log, anchor.Size)) is not { } owed || owed.Anchor != anchor)
            {
                return false;
            }

            var next = owed with { Step = owed.Step < step ? step : owed.Step, TriedAt = _time.GetUtcNow() };
            if (next.Step != owed.Step)
            {
                Commit(new AnchorBookChange { Owed = [next] });
            }

            // Trying the same again needs no row: after a restart it may be tried at once.
            _owed[(anchor.Log, anchor.Size)] = next;
            return true;
        }
    }

    /// <summary>True for what this court owes, anchored on an engine before, or anchored before this book began.</summary>
    private bool IsOurs(Anchor anchor, OwnLog? own) =>
        _owed.GetValueOrDefault((anchor.Log, anchor.Size))?.Anchor == anchor
        || anchor.Size < own?.FirstSize
        || _store.FindAnchor(anchor.Log, anchor.Size)?.Anchor == anchor;

    private Anchor? LeftOut(Anchor anchor) => _owed.Values.FirstOrDefault(owed =>
        owed.Anchor.Log == anchor.Log && owed.Anchor.Size < anchor.Size && owed.Step == OwedStep.Acknowledged)?.Anchor;

    private AnchorAlarm? JudgeWriter(Anchor? last, Anchor anchor, (string, string)[] seen)
    {
        if (last is null || anchor.Size > last.Size)
        {
            return null;
        }

        var before = _store.FindAnchor(anchor.Log, anchor.Size)?.Anchor;
        return before?.Size == anchor.Size && before.Checkpoint != anchor.Checkpoint
            ? Once(AnchorAlarmKind.LogForked, anchor.Log, AnchorSentences.LogForked(anchor), [.. seen, ("before", Convert.ToHexStringLower(before.Encode()))])
            : Once(AnchorAlarmKind.LogWentBack, anchor.Log, AnchorSentences.LogWentBack(anchor, last.Size), [.. seen, ("before", Convert.ToHexStringLower(last.Encode()))]);
    }

    private void Write(AnchorSegment segment, AnchorPlace place, Anchor anchor, AnchorAlarm? alarm)
    {
        var hash = AnchorBlock.HashOf(segment.Hash, anchor);
        var block = new AnchorBlock(
            (_lastBlock?.Serial ?? 0) + 1, AnchorBlock.StartOf(segment.Identity), segment.Number + 1, hash, anchor, place.Position, Short(place.Reference), _time.GetUtcNow());
        Commit(new AnchorBookChange
        {
            Segment = segment with { Position = place.Position, Number = block.Number, Hash = hash },
            Block = block,
            Alarm = alarm,
            // A smaller size that was only tried cannot appear any more, and need not: this one vouches for it.
            Settled = [.. _owed.Values.Where(owed => owed.Anchor.Log == anchor.Log && owed.Anchor.Size <= anchor.Size).Select(owed => owed.Anchor)],
        });
        if (_newest.GetValueOrDefault(anchor.Log) is not { } last || anchor.Size > last.Size)
        {
            _newest[anchor.Log] = anchor;
        }

        if (_adoptedAt is { } adopted && _owed.Count == 0)
        {
            _lastCatchUp = _time.GetUtcNow() - adopted;
            _adoptedAt = null;
        }
    }

    private bool Accuse(AnchorAlarmKind kind, Digest? log, BilingualText sentence, params (string, string)[] seen)
    {
        var alarm = NewAlarm(kind, log, sentence, AnchorSentences.Evidence(_segment!, seen));
        Commit(new AnchorBookChange { Alarm = alarm, Segment = _segment! with { SetAsideBy = alarm.Serial } });
        return false;
    }

    /// <summary>An alarm about a writer, once for each log in a segment: a liar must not fill the book.</summary>
    private AnchorAlarm? Once(AnchorAlarmKind kind, Digest? log, BilingualText sentence, (string, string)[] seen) =>
        _writersAccused.Add((_segment!.Serial, kind, log)) ? NewAlarm(kind, log, sentence, AnchorSentences.Evidence(_segment, seen)) : null;

    private AnchorAlarm NewAlarm(AnchorAlarmKind kind, Digest? log, BilingualText sentence, byte[] evidence) =>
        new(_alarms.Count == 0 ? 1 : _alarms[^1].Serial + 1, _time.GetUtcNow(), kind, log, sentence, evidence);

    private static string Short(string reference) => reference.Length <= 200 ? reference : reference[..200];
}
