using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Station.Alarms;

/// <summary>Signs a statement and hands it to the log.</summary>
/// <param name="officer">Login when it is the officer's decision; null when the station speaks.</param>
/// <returns>The statement's hash, known at once, and a task that ends when the log has it or keeps it for later.</returns>
internal delegate (Digest Hash, Task Sequencing) StateFact(string? officer, string kind, string subject, CborValue body);
