using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Facts;

/// <summary>A statement at its place in the court log: durable, its order fixed.</summary>
/// <param name="Index">Log index, from 0.</param>
/// <param name="Statement">The statement; the log took it only after its signature was checked.</param>
internal sealed record SequencedFact(long Index, Statement Statement);
