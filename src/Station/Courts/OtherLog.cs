using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Courts;

/// <summary>Another court's log.</summary>
/// <param name="Code">Code of its owner.</param>
/// <param name="Final">Its newest final head known here; null before the first.</param>
internal sealed record OtherLog(string Code, string Origin, FinalHead? Final);
