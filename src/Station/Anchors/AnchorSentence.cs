using Cinnabar.Ledger.Anchors;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Anchors;

/// <summary>How an engine does, for the person who runs the station. Never worse than degraded: no receipt waits for an anchor.</summary>
internal static class AnchorSentence
{
    public static (HealthLevel Level, string Detail) Of(AnchorState state, string? trouble) => trouble is not null
        ? (HealthLevel.Degraded, trouble)
        : state.Condition switch
        {
            AnchorCondition.Good => (HealthLevel.Good, ""),
            AnchorCondition.Behind => (HealthLevel.Degraded, $"Anchors have been owed since {state.Since:u}. Receipts go on; look at the engine's load."),
            AnchorCondition.Unreachable => (HealthLevel.Degraded, $"{state.Reason?.En} Receipts go on; anchors are kept and sent later."),
            _ => (HealthLevel.Degraded, $"{state.Reason?.En} The engine is set aside, receipts go on: look at the chain page, then adopt it."),
        };
}
