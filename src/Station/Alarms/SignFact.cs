using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Alarms;

/// <summary>Signs a statement, now. Signed twice it is two statements.</summary>
/// <param name="officer">Login when it is the officer's decision; null when the station speaks.</param>
internal delegate Statement SignFact(string? officer, string kind, string subject, CborValue body);
