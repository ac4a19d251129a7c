using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Facts;

/// <summary>The first entry of the log: who the court is and which keys speak for it.</summary>
internal sealed record GenesisFact(Statement Statement);
