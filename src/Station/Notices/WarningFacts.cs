namespace Cinnabar.Station.Notices;

/// <summary>What a warning is about, as data.</summary>
/// <param name="Kind">Event of domain 6.1, for example strip.cut.</param>
/// <param name="Level">1 to 4, domain 6.1.</param>
/// <param name="Round">1 for the first warning of an episode, counting up with every repeat.</param>
/// <param name="Place">The property's address; empty once it is erased.</param>
/// <param name="At">When the station received the event, in the court's own offset.</param>
/// <param name="Link">Phone page with this recipient's one-time token; null for applicants.</param>
/// <param name="LogMark">Size and first bytes of the root of the court's log ("4711:ab12cd34"), when one is known: recipients become witnesses (domain 5).</param>
internal sealed record WarningFacts(
    string Incident, string Kind, int Level, int Round, string SealNumber, string CaseNumber, string Place,
    DateTimeOffset At, Uri? Link, string? LogMark);
