namespace Cinnabar.Station.Anchors;

/// <summary>The anchor chain as this court's own book holds it; docs/formats/api.md, Anchors.</summary>
/// <param name="Alarms">The newest first, at most 50.</param>
/// <param name="Timestamps">The newest first, at most 30.</param>
internal sealed record AnchorsView(
    AnchorEngineView Engine, AnchorChainView Chain, AnchorDebtView Own, IReadOnlyList<AnchorAlarmView> Alarms, IReadOnlyList<TimestampView> Timestamps);
