namespace Cinnabar.Station.Courts;

/// <summary>What is known here of the other courts' logs now; none at a court that stands alone.</summary>
internal delegate IReadOnlyList<OtherLog> OtherLogs();
