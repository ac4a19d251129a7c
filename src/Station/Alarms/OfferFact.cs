using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Alarms;

/// <summary>Hands a signed statement to the log; the same statement again adds nothing.</summary>
/// <returns>Ends when the log has it or keeps it for later.</returns>
internal delegate Task OfferFact(Statement statement);
