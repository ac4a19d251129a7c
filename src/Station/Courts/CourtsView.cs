namespace Cinnabar.Station.Courts;

/// <summary>The courts that watch each other, as one of them sees them now; docs/formats/api.md, Courts.</summary>
/// <param name="Self">Code of the court that answers.</param>
/// <param name="Epoch">Null at a court that stands alone.</param>
/// <param name="Courts">Every court of the epoch, this one among them; only this one when it stands alone.</param>
/// <param name="Logs">One log for each court, in the same order.</param>
/// <param name="Forks">Evidence that an owner signed two histories, the newest first.</param>
internal sealed record CourtsView(
    string Self, EpochView? Epoch, IReadOnlyList<CourtView> Courts, IReadOnlyList<CourtLogView> Logs, IReadOnlyList<ForkView> Forks);
