using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;

namespace Cinnabar.Station.Facts;

/// <summary>A statement this station has just signed.</summary>
/// <param name="Statement">Signed and published on the received feed.</param>
/// <param name="Sequencing">Ends when it is durable in the log, or when the log says why not.</param>
internal sealed record WrittenFact(Statement Statement, Task<AppendResult> Sequencing);
