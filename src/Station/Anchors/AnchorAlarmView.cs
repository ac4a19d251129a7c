using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Station.Anchors;

/// <summary>Something that an honest engine or court does not do.</summary>
/// <param name="SetsAside">True when the engine is to blame; otherwise a court is.</param>
/// <param name="Code">Court that it is about, when it is known.</param>
internal sealed record AnchorAlarmView(long Serial, AnchorAlarmKind Kind, bool SetsAside, string? Code, BilingualText Sentence, DateTimeOffset At);
