namespace Cinnabar.Station.Phone;

/// <summary>What a phone link gives the right to.</summary>
/// <param name="Incident">The one incident it opens.</param>
/// <param name="Recipient">Login of the officer, or id of the party, that acts through it.</param>
/// <param name="Role">What its page shows.</param>
internal sealed record PhoneLink(string Incident, string Recipient, PhoneRole Role);
