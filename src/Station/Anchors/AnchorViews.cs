using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Anchors;

/// <summary>Turns the book into the shapes of docs/formats/api.md.</summary>
internal sealed class AnchorViews(AnchorEngines engines, AnchorKeeper keeper, TimestampKeeper stamps, OtherLogs others, CourtIdentity court)
{
    private const int BlocksShown = 50;

    private const int AlarmsShown = 50;

    public AnchorsView All()
    {
        var known = others().ToDictionary(l => Anchor.LogOf(l.Origin), l => (l.Code, l.Origin));
        var own = Anchor.LogOf(court.Origin);
        known[own] = (court.Code, court.Origin);
        return keeper.TryRead(book => Of(book, own, known), out var view) ? view! : new AnchorsView(
            new AnchorEngineView(engines.Kind, null, null, engines.Kind == AnchorEngineKind.None ? AnchorEngineState.None : AnchorEngineState.Unreachable, null, Trouble()),
            new AnchorChainView(0, []), new AnchorDebtView(0, 0, null), [], stamps.Newest);
    }

    private AnchorsView Of(AnchorBook book, Digest own, Dictionary<Digest, (string Code, string Origin)> known)
    {
        var (last, newest) = (book.LastBlock?.Serial ?? 0, book.NewestOf(own));
        return new AnchorsView(
            Engine(book),
            new AnchorChainView(
                book.Segment?.Number ?? 0, [.. book.ReadBlocks(Math.Max(0, last - BlocksShown), BlocksShown).Select(b => Block(b, own, known))]),
            new AnchorDebtView(book.Owed.Count, newest?.Anchor.Size ?? 0, newest?.SeenAt),
            [.. book.Alarms.TakeLast(AlarmsShown).Reverse().Select(a => new AnchorAlarmView(
                a.Serial, a.Kind, a.SetsAside, a.Log is { } log && known.TryGetValue(log, out var owner) ? owner.Code : null, a.Sentence, a.RaisedAt))],
            stamps.Newest);
    }

    private AnchorEngineView Engine(AnchorBook book)
    {
        var state = book.State;
        var trouble = state.Condition == AnchorCondition.SetAside ? null : Trouble();
        return new AnchorEngineView(
            engines.Kind, book.Segment?.Identity, book.Answered?.Value, trouble is not null ? AnchorEngineState.Unreachable : state.Condition switch
            {
                AnchorCondition.Good => AnchorEngineState.Good,
                AnchorCondition.Behind => AnchorEngineState.Behind,
                AnchorCondition.Unreachable => AnchorEngineState.Unreachable,
                _ => AnchorEngineState.SetAside,
            }, state.Since, trouble ?? state.Reason);
    }

    // What files and settings say is not translated: it is for whoever runs the machine.
    private BilingualText? Trouble() => keeper.Trouble is { } trouble ? new BilingualText($"锚定引擎或其账本无法打开：{trouble}", trouble) : null;

    private static AnchorBlockView Block(AnchorBlock block, Digest own, Dictionary<Digest, (string Code, string Origin)> known)
    {
        var owner = known.TryGetValue(block.Anchor.Log, out var found) ? found : default;
        return new AnchorBlockView(
            block.Serial, block.Number, block.Segment.ToString(), block.Hash.ToString(), block.SeenAt, block.Anchor.Log.ToString(), owner.Code, owner.Origin,
            block.Anchor.Log == own, block.Anchor.Size, block.Anchor.Checkpoint.ToString(), block.Reference);
    }
}
